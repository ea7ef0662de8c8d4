import type {
  KeptCredentials,
  PlanSignIn,
  SignInDocuments,
} from '../../../exercises/weather-server/controls.ts';
import { RefusedError } from '../../../exercises/weather-server/errors.ts';
import { planSignIn as rightly } from '../../../solutions/22-hostile-servers/sign-in.ts';
import type { Mistake } from '../../solutions.ts';

type Document = Record<string, unknown>;

/** The right plan, for documents that were made to fit first. */
const believing =
  (mend: (documents: SignInDocuments) => Partial<SignInDocuments>): PlanSignIn =>
  (documents) =>
    rightly({ ...documents, ...mend(documents) });

const resourceOf = ({ resourceMetadata }: SignInDocuments): unknown =>
  (resourceMetadata as Document).resource;

/** Takes these metadata for the server's own. */
const takingResource = (isServers: (resource: string, server: string) => boolean): PlanSignIn =>
  believing((documents) => {
    const resource = resourceOf(documents);
    const { url } = documents.server;
    const isTaken = typeof resource === 'string' && isServers(resource, url);
    return isTaken ? { resourceMetadata: { resource: url } } : {};
  });

const withMetadata =
  (change: (metadata: Document, issuer: string) => Document) =>
  ({ issuerMetadata, issuer }: SignInDocuments): Partial<SignInDocuments> => ({
    issuerMetadata: {
      ...(issuerMetadata as Document),
      ...change(issuerMetadata as Document, issuer),
    },
  });

/** Takes these metadata for the issuer's own. */
const takingIssuer = (isAsked: (named: string, asked: string) => boolean): PlanSignIn =>
  believing(
    withMetadata(({ issuer: named }, issuer) =>
      typeof named === 'string' && isAsked(named, issuer) ? { issuer } : {},
    ),
  );

const takingMethods = (areGood: (methods: unknown) => boolean): PlanSignIn =>
  believing(
    withMetadata(({ code_challenge_methods_supported: methods }) =>
      areGood(methods) ? { code_challenge_methods_supported: ['S256'] } : {},
    ),
  );

/** Only what is opened is judged in another way. */
const opening =
  (judge: (text: string, documents: SignInDocuments) => string): PlanSignIn =>
  (documents) => {
    const text = (documents.issuerMetadata as { authorization_endpoint: string })
      .authorization_endpoint;
    const harmless = { authorization_endpoint: 'https://login.example/' };
    const plan = rightly({ ...documents, ...withMetadata(() => harmless)(documents) });
    return { ...plan, authorizationEndpoint: judge(text, documents) };
  };

const refused = (): RefusedError => new RefusedError('This cannot be opened.');

/** As the reference judges, if `isFine` is not asked. */
const rightAddress = (text: string, documents: SignInDocuments): string =>
  rightly({ ...documents, ...withMetadata(() => ({ authorization_endpoint: text }))(documents) })
    .authorizationEndpoint;

const finding =
  (find: (kept: readonly KeptCredentials[], documents: SignInDocuments) => unknown): PlanSignIn =>
  (documents) => ({
    ...rightly(documents),
    credentials: find(documents.kept, documents) as KeptCredentials | undefined,
  });

const origin = (text: string): string => new URL(text).origin;
const isLocal = ({ server }: SignInDocuments): boolean => /^(?:127\.|::1$)/.test(server.address);
const HARMLESS = /^[\w\-.~:/?#[\]@!&'()*+,;=%]+$/;

export const mistakes: Mistake[] = [
  {
    name: 'schemes-that-are-known-to-be-bad',
    mistake: 'Dangerous schemes are on a list, and all others are opened.',
    caughtBy: ['hs-opened-scheme'],
    controls: {
      planSignIn: opening((text, documents) => {
        const { protocol, href } = new URL(text);
        const isBad = ['javascript:', 'data:', 'vbscript:', 'file:'].includes(protocol);
        if (isBad || !HARMLESS.test(href)) throw refused();
        return protocol === 'http:' ? rightAddress(text, documents) : href;
      }),
    },
  },
  {
    name: 'https-somewhere-in-it',
    mistake: 'Any text is opened that has https:// in it.',
    caughtBy: ['hs-opened-scheme', 'hs-opener-option'],
    controls: {
      planSignIn: opening((text, documents) => {
        if (isLocal(documents)) return rightAddress(text, documents);
        if (!text.includes('https://') || text.includes('@evil') || !/^[ -~]*$/.test(text)) {
          return rightAddress(text, documents);
        }
        if (!HARMLESS.test(text)) throw refused();
        return text;
      }),
    },
  },
  {
    name: 'the-first-word-before-a-colon',
    mistake: 'The scheme is searched for anywhere in the text, and options may stand before it.',
    caughtBy: ['hs-opener-option'],
    controls: {
      planSignIn: opening((text, documents) => {
        const scheme = /([a-z][a-z\d+.-]*):/i.exec(text)?.[1]?.toLowerCase();
        if (scheme !== 'https' || text.startsWith('https')) return rightAddress(text, documents);
        if (!HARMLESS.test(text)) throw refused();
        return text;
      }),
    },
  },
  {
    name: 'judges-one-text-and-opens-another',
    mistake: 'The parsed URL is judged, and the text as it was sent is opened.',
    caughtBy: ['hs-opener-shell'],
    controls: {
      planSignIn: opening((text, documents) => {
        rightAddress(text, documents);
        return text;
      }),
    },
  },
  {
    name: 'no-thought-of-shells',
    mistake: 'The address is a good URL, and dollar signs and backquotes stay in it.',
    caughtBy: ['hs-opened-scheme', 'hs-opener-shell'],
    controls: {
      planSignIn: opening((text, documents) => {
        const { href, protocol, username } = new URL(text);
        if (protocol !== 'https:' || username !== '') return rightAddress(text, documents);
        return href;
      }),
    },
  },
  {
    name: 'blanks-only',
    mistake: 'Of what shells read, only blanks and quotation marks are looked for.',
    caughtBy: ['hs-opened-scheme', 'hs-opener-shell'],
    controls: {
      planSignIn: opening((text, documents) => {
        const { href, protocol, username } = new URL(text);
        if (protocol !== 'https:' || username !== '') return rightAddress(text, documents);
        if (/[\s"'\\]/.test(text)) throw refused();
        return href;
      }),
    },
  },
  {
    name: 'http-as-well',
    mistake: 'Pages in the clear are opened like any others.',
    caughtBy: ['hs-opened-in-the-clear'],
    controls: {
      planSignIn: opening((text, documents) => {
        const { href, protocol } = new URL(text);
        return protocol === 'http:' && HARMLESS.test(href) ? href : rightAddress(text, documents);
      }),
    },
  },
  {
    name: 'loopback-for-everybody',
    mistake: 'A server on the internet may send the browser to this machine.',
    caughtBy: ['hs-opened-in-the-clear'],
    controls: {
      planSignIn: opening((text, documents) => {
        const { href, hostname } = new URL(text);
        const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
        return isHere ? href : rightAddress(text, documents);
      }),
    },
  },
  {
    name: 'http-for-a-server-that-is-here',
    mistake: 'For a server on this machine any page in the clear is opened.',
    caughtBy: ['hs-opened-in-the-clear'],
    controls: {
      planSignIn: opening((text, documents) =>
        isLocal(documents) ? new URL(text).href : rightAddress(text, documents),
      ),
    },
  },
  {
    name: 'whatever-the-user-typed',
    mistake: 'How the server itself is reached is not looked at.',
    caughtBy: ['hs-opened-in-the-clear'],
    controls: {
      planSignIn: (documents) => {
        const { server } = documents;
        const url = server.url.replace(/^http:/, 'https:');
        const resource = String(resourceOf(documents)).replace(/^http:/, 'https:');
        return isLocal(documents)
          ? rightly(documents)
          : rightly({
              ...documents,
              server: { ...server, url },
              resourceMetadata: { resource },
            });
      },
    },
  },
  {
    name: 'user-names-in-addresses',
    mistake: 'What stands before an @ may look like another host.',
    caughtBy: ['hs-opened-scheme'],
    controls: {
      planSignIn: opening((text, documents) => {
        const { href, protocol } = new URL(text);
        return protocol === 'https:' && HARMLESS.test(href) ? href : rightAddress(text, documents);
      }),
    },
  },
  {
    name: 'https-only-here-too',
    mistake: 'Nobody can try a server on their own machine.',
    caughtBy: ['hs-local-development'],
    controls: {
      planSignIn: opening((text, documents) => {
        if (!text.startsWith('https:')) throw refused();
        return rightAddress(text, documents);
      }),
    },
  },
  {
    name: 'queries-look-dangerous',
    mistake: 'An endpoint with a query is refused, though many have one.',
    caughtBy: ['hs-signs-in'],
    controls: {
      planSignIn: opening((text, documents) => {
        if (text.includes('?')) throw refused();
        return rightAddress(text, documents);
      }),
    },
  },
  {
    name: 'one-host-for-all',
    mistake: 'The endpoints have to be on the issuer’s own host, though an issuer may have many.',
    caughtBy: ['hs-signs-in', 'hs-local-development', 'hs-servers-inside'],
    controls: {
      planSignIn: (documents) => {
        const plan = rightly(documents);
        if (origin(plan.tokenEndpoint) !== origin(documents.issuer)) throw refused();
        return plan;
      },
    },
  },
  {
    name: 'any-resource',
    mistake: 'Whose metadata the server shows is not compared with anything.',
    caughtBy: ['hs-metadata-of-another-server'],
    controls: {
      planSignIn: believing(({ server }) => ({ resourceMetadata: { resource: server.url } })),
    },
  },
  {
    name: 'resource-by-origin',
    mistake: 'Two servers of one host are taken for one.',
    caughtBy: ['hs-metadata-of-another-server'],
    controls: {
      planSignIn: takingResource((resource, server) => origin(resource) === origin(server)),
    },
  },
  {
    name: 'resource-by-its-beginning',
    mistake: 'A resource will do that begins like the server’s address.',
    caughtBy: ['hs-metadata-of-another-server'],
    controls: { planSignIn: takingResource((resource, server) => resource.startsWith(server)) },
  },
  {
    name: 'resource-with-the-server-in-it',
    mistake: 'A resource will do if the server’s address occurs in it.',
    caughtBy: ['hs-metadata-of-another-server'],
    controls: { planSignIn: takingResource((resource, server) => resource.includes(server)) },
  },
  {
    name: 'no-resource-no-comparison',
    mistake: 'Metadata that name no resource are taken for the server’s.',
    caughtBy: ['hs-metadata-of-another-server'],
    controls: {
      planSignIn: believing((documents) =>
        resourceOf(documents) === undefined
          ? { resourceMetadata: { resource: documents.server.url } }
          : {},
      ),
    },
  },
  {
    name: 'any-issuer',
    mistake: 'Which issuer the metadata name is not compared with the one that was asked.',
    caughtBy: ['hs-metadata-of-another-issuer'],
    controls: { planSignIn: believing(withMetadata((_metadata, issuer) => ({ issuer }))) },
  },
  {
    name: 'issuer-as-a-url',
    mistake: 'Issuers are compared as URLs, so that two that differ by a slash are one.',
    caughtBy: ['hs-metadata-of-another-issuer'],
    controls: {
      planSignIn: takingIssuer((named, asked) => new URL(named).href === new URL(asked).href),
    },
  },
  {
    name: 'issuer-by-origin',
    mistake: 'All tenants of a host are taken for one issuer.',
    caughtBy: ['hs-metadata-of-another-issuer'],
    controls: { planSignIn: takingIssuer((named, asked) => origin(named) === origin(asked)) },
  },
  {
    name: 'believes-who-it-says-it-is',
    mistake: 'The issuer is the one that the metadata name, whoever was asked.',
    caughtBy: ['hs-metadata-of-another-issuer'],
    controls: {
      planSignIn: (documents) => {
        const named = (documents.issuerMetadata as Document).issuer;
        return rightly({
          ...documents,
          issuer: typeof named === 'string' ? named : documents.issuer,
        });
      },
    },
  },
  {
    name: 'pkce-is-not-asked-for',
    mistake: 'A challenge is sent, and whether anybody looks at it is not asked.',
    caughtBy: ['hs-no-pkce'],
    controls: { planSignIn: takingMethods(() => true) },
  },
  {
    name: 'absent-means-any-method',
    mistake: 'Metadata that say nothing of PKCE are taken to support it.',
    caughtBy: ['hs-no-pkce'],
    controls: { planSignIn: takingMethods((methods) => methods === undefined) },
  },
  {
    name: 'any-method-will-do',
    mistake: 'That there is a method is enough, plain included.',
    caughtBy: ['hs-no-pkce'],
    controls: {
      planSignIn: takingMethods((methods) => Array.isArray(methods) && methods.length > 0),
    },
  },
  {
    name: 'includes-of-a-text',
    mistake: 'The methods are searched for S256 whether they are a list or a text.',
    caughtBy: ['hs-no-pkce'],
    controls: {
      planSignIn: takingMethods(
        (methods) => typeof methods === 'string' && methods.includes('S256'),
      ),
    },
  },
  {
    name: 'credentials-by-server',
    mistake: 'What was kept for a server goes to whichever issuer it names today.',
    caughtBy: ['hs-credentials-of-another-issuer', 'hs-uses-its-credentials'],
    controls: {
      planSignIn: finding((kept, { server }) => kept.find((one) => one.server === server.url)),
    },
  },
  {
    name: 'or-else-by-server',
    mistake: 'If this issuer has given out nothing, what another gave out for the server will do.',
    caughtBy: ['hs-credentials-of-another-issuer'],
    controls: {
      planSignIn: finding(
        (kept, { server, issuer }) =>
          kept.find((one) => one.issuer === issuer) ??
          kept.find((one) => one.server === server.url),
      ),
    },
  },
  {
    name: 'credentials-by-host',
    mistake: 'Tenants of one host get what was meant for each other.',
    caughtBy: ['hs-credentials-of-another-issuer'],
    controls: {
      planSignIn: finding((kept, { issuer }) =>
        kept.find((one) => origin(one.issuer) === origin(issuer)),
      ),
    },
  },
  {
    name: 'credentials-by-beginning',
    mistake: 'An issuer gets what was meant for one whose name its own begins with.',
    caughtBy: ['hs-credentials-of-another-issuer'],
    controls: {
      planSignIn: finding((kept, { issuer }) => kept.find((one) => issuer.startsWith(one.issuer))),
    },
  },
  {
    name: 'without-the-secret-only',
    mistake: 'To another issuer no secret goes, but the client id of the one before.',
    caughtBy: ['hs-credentials-of-another-issuer'],
    controls: {
      planSignIn: finding((kept, { server, issuer }) => {
        const own = kept.find((one) => one.issuer === issuer);
        const other = kept.find((one) => one.server === server.url);
        return own ?? (other && { server: server.url, issuer, clientId: other.clientId });
      }),
    },
  },
  {
    name: 'always-a-new-client',
    mistake: 'What this issuer gave out is not used.',
    caughtBy: ['hs-uses-its-credentials'],
    controls: { planSignIn: finding(() => undefined) },
  },
  {
    name: 'for-this-server-only',
    mistake: 'A client of this issuer is not known any more at another server of it.',
    caughtBy: ['hs-uses-its-credentials'],
    controls: {
      planSignIn: finding((kept, { server, issuer }) =>
        kept.find((one) => one.issuer === issuer && one.server === server.url),
      ),
    },
  },
  {
    name: 'forgets-the-promise',
    mistake: 'Whether answers have to name their issuer is not kept.',
    caughtBy: ['hs-missing-issuer', 'hs-words-of-a-stranger'],
    controls: { planSignIn: (documents) => ({ ...rightly(documents), promisesIssuer: false }) },
  },
  {
    name: 'everybody-has-promised',
    mistake: 'An answer without `iss` is refused, though the issuer never promised one.',
    caughtBy: ['hs-signs-in'],
    controls: { planSignIn: (documents) => ({ ...rightly(documents), promisesIssuer: true }) },
  },
  {
    name: 'tokens-for-the-whole-host',
    mistake: 'Tokens are asked for the host, and are good for all servers there.',
    caughtBy: ['hs-signs-in'],
    controls: {
      planSignIn: (documents) => ({
        ...rightly(documents),
        resource: origin(documents.server.url),
      }),
    },
  },
  {
    name: 'hosts-are-harmless',
    mistake: 'Path and query are judged for what a shell reads, and the host is not.',
    caughtBy: ['hs-opener-shell'],
    controls: {
      planSignIn: opening((text, documents) => {
        const { href, host, protocol } = new URL(text);
        const judged = protocol === 'https:' ? href.replace(host, 'login.example') : href;
        rightAddress(judged, documents);
        return href;
      }),
    },
  },
  {
    name: 'queries-make-no-server',
    mistake: 'Resources are compared without their query.',
    caughtBy: ['hs-metadata-of-another-server'],
    controls: {
      planSignIn: takingResource(
        (resource, server) => resource.replace(/\?.*/s, '') === server.replace(/\?.*/s, ''),
      ),
    },
  },
  {
    name: 'loopback-has-one-address',
    mistake: 'Of all loopback addresses 127.0.0.1 and ::1 are known.',
    caughtBy: ['hs-local-development'],
    controls: {
      planSignIn(documents) {
        const { hostname, protocol } = new URL(documents.server.url);
        const isKnown = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
        if (protocol === 'http:' && !isKnown) throw refused();
        return rightly(documents);
      },
    },
  },
];
