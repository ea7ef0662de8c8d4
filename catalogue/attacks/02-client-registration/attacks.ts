/** Attacks on registration: clients that bring more than they should, and URLs to be fetched. */
import { z } from 'zod';
import {
  defineAttack,
  type Attack,
  type Findings,
  type LegitimateUse,
  type TopicCatalogue,
} from '../../../lab/attack.ts';
import { StepFailed, type LabSession, type LabReply } from '../../../lab/protocol.ts';
import { HIDDEN } from '../09-injection/naive-agent.ts';
import {
  authorize,
  CALLBACK,
  judgeOAuthRefusal,
  makeProof,
  needTokens,
  openAuthorization,
  redeem,
  register,
  registerClient,
  wholeFlow,
} from '../oauth-client.ts';
import { cwe, link, mcp, rfc } from '../references.ts';
import { describeReply, PARIS, succeeded } from '../replies.ts';

const registration = rfc(7591, '3.2.2');
const documents = mcp(
  'basic/authorization',
  'client-id-metadata-documents',
  'Client ID Metadata Documents',
);
const draft = link(
  'draft-ietf-oauth-client-id-metadata-document',
  'https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/',
);

/** Lines of a name, and what turns the reading direction around; `HIDDEN` has most of the latter. */
const DECEIVING = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f]/u;
/** Flags made of tags, which are seen: those of England, Scotland and Wales. */
const FLAG_OF_TAGS = new RegExp(String.raw`\p{RGI_Emoji_Tag_Sequence}`, 'gv');

interface Metadata {
  redirect_uris?: unknown;
  [member: string]: unknown;
}

/** The client of an answer that says a registration succeeded. */
function registered({ status, json }: LabReply): Metadata | undefined {
  const isClient = typeof json === 'object' && json !== null && 'client_id' in json;
  return (status === 200 || status === 201) && isClient ? json : undefined;
}

const attacks: Attack[] = [
  defineAttack<{ redirectUris: unknown; accompanied: boolean; type?: string | undefined }>({
    id: 'dcr-bad-redirect',
    title: 'Send the codes to me',
    level: 'core',
    story:
      'Registration is open to strangers, and the redirect URI they name is where authorization codes will go. The attacker registers places that only seem harmless: scripts, plain http on the network, a host hidden behind user information, a wildcard.',
    secureAnswer:
      '400 with `invalid_redirect_uri`. A code may travel to an https address, to a program that listens on loopback, or to a private-use scheme; anywhere else, others can read it.',
    lessonAnchor: 'where-codes-may-go',
    references: [
      registration,
      rfc(8252, '8.3'),
      mcp('basic/authorization', 'communication-security', 'Communication Security'),
      cwe(601, 'URL Redirection to Untrusted Site'),
    ],
    payload: z.strictObject({
      redirectUris: z.unknown(),
      /** Whether a good one is registered along with it. */
      accompanied: z.boolean(),
      /** Content type of the request, if it is not JSON. */
      type: z.string().optional(),
    }),
    ordinaryUse: wholeFlow,
    variants: {
      'javascript:': { redirectUris: ['JaVaScRiPt:alert(1)'], accompanied: true },
      'data:': { redirectUris: ['data:text/html,<script>alert(1)</script>'], accompanied: false },
      'file:': { redirectUris: ['file:///etc/passwd'], accompanied: false },
      'ftp:': { redirectUris: ['ftp://evil.example/cb'], accompanied: false },
      // Nobody's app, and on no list of bad schemes that somebody wrote from memory.
      'ws:': { redirectUris: ['ws://evil.example/cb'], accompanied: false },
      'blob:': { redirectUris: ['blob:https://evil.example/1'], accompanied: false },
      'a tab in the scheme': { redirectUris: ['java\tscript:alert(1)'], accompanied: false },
      'a script with an app’s address in it': {
        redirectUris: ['javascript:alert(document)//com.example.app:/cb'],
        accompanied: false,
      },
      'a scheme without slashes': { redirectUris: ['https:evil.example/cb'], accompanied: false },
      'http in the local network': {
        redirectUris: ['http://192.168.1.20/cb'],
        accompanied: false,
      },
      'http on a printer': { redirectUris: ['http://printer.local/cb'], accompanied: false },
      'http elsewhere': { redirectUris: ['http://evil.example/cb'], accompanied: true },
      'http, nearly loopback': {
        redirectUris: ['http://127.0.0.1.evil.example/cb'],
        accompanied: false,
      },
      'http, nearly localhost': {
        redirectUris: ['http://localhost.evil.example/cb'],
        accompanied: false,
      },
      'http elsewhere, escaped': {
        redirectUris: ['http://%65vil.example/cb'],
        accompanied: false,
      },
      'http elsewhere, with a code of its own': {
        redirectUris: ['http://evil.example/cb?code=mine'],
        accompanied: false,
      },
      'http elsewhere, loopback in its query': {
        redirectUris: ['http://evil.example/cb?http://127.0.0.1/'],
        accompanied: false,
      },
      'user information': {
        redirectUris: ['https://app.example@evil.example/'],
        accompanied: true,
      },
      'user information like its host': {
        redirectUris: ['https://evil.example:443@evil.example/cb'],
        accompanied: false,
      },
      'loopback as user information': {
        redirectUris: ['http://127.0.0.1:3000@evil.example/cb'],
        accompanied: false,
      },
      fragment: { redirectUris: ['https://app.example/cb#part'], accompanied: false },
      'empty fragment': { redirectUris: ['https://app.example/cb#'], accompanied: false },
      'as long as a book': {
        redirectUris: [`https://app.example/${'a'.repeat(30_000)}`],
        accompanied: false,
      },
      'letters turned round': {
        redirectUris: ['https://app.example/\u202egpj.kcattA'],
        accompanied: false,
      },
      wildcard: { redirectUris: ['https://*.app.example/cb'], accompanied: true },
      relative: { redirectUris: ['/cb'], accompanied: false },
      'not a list': { redirectUris: 'https://app.example/cb', accompanied: false },
      'not texts': { redirectUris: [{ href: 'https://app.example/cb' }], accompanied: false },
      'no JSON': { redirectUris: null, accompanied: false, type: 'text/plain' },
      'empty list': { redirectUris: [], accompanied: false },
      missing: { redirectUris: null, accompanied: false },
      'a thousand': {
        redirectUris: Array.from({ length: 1000 }, (_, index) => `https://app.example/${index}`),
        accompanied: false,
      },
    },
    async fire({ redirectUris, accompanied, type }, lab) {
      const bad = redirectUris === null ? undefined : redirectUris;
      const uris = accompanied && Array.isArray(bad) ? [CALLBACK, ...(bad as unknown[])] : bad;
      const reply = await register(lab, { redirect_uris: uris }, type);
      const client = registered(reply);
      if (client) {
        const kept: unknown = client.redirect_uris;
        // Dropping the bad ones and saying so is as good as refusing.
        const isClean =
          accompanied && Array.isArray(kept) && kept.length === 1 && kept[0] === CALLBACK;
        if (isClean) return { breaches: [], complaints: [] };
        const shown = JSON.stringify(uris === undefined ? 'no redirect URI' : uris).slice(0, 120);
        return {
          breaches: [`The server registered a client with ${shown}.`],
          complaints: [],
        };
      }
      return judgeOAuthRefusal(reply, ['invalid_redirect_uri', 'invalid_client_metadata']);
    },
  }),

  defineAttack<{ metadata: Record<string, unknown>; hostile: 'name' | 'powers' | 'identity' }>({
    id: 'dcr-metadata-abuse',
    title: 'A client that makes itself important',
    level: 'core',
    story:
      'Everything in a registration is the client’s own claim. The attacker asks for grants this server does not have, takes the `client_id` of somebody else, brings a name that shows users something other than what it is, or one as long as a book.',
    secureAnswer:
      'An id of the server’s making, only grants and responses that exist, and a name that is short and visible; or 400 with `invalid_client_metadata`. The answer repeats what was really registered.',
    lessonAnchor: 'what-a-client-may-say',
    references: [rfc(7591, '2'), rfc(7591, '5'), cwe(770, 'Allocation Without Limits')],
    payload: z.strictObject({
      metadata: z.record(z.string(), z.unknown()),
      hostile: z.enum(['name', 'powers', 'identity']),
    }),
    ordinaryUse: wholeFlow,
    variants: {
      'implicit grant': {
        metadata: { grant_types: ['implicit', 'authorization_code'], response_types: ['token'] },
        hostile: 'powers',
      },
      'password grant': {
        metadata: { grant_types: ['password', 'client_credentials'] },
        hostile: 'powers',
      },
      'response type of its own': {
        metadata: { response_types: ['code', 'code token'] },
        hostile: 'powers',
      },
      'a secret of its own': {
        metadata: { client_secret: 'hunter2', token_endpoint_auth_method: 'client_secret_basic' },
        hostile: 'powers',
      },
      'client_id of another': { metadata: {}, hostile: 'identity' },
      'client_id of a document': {
        metadata: { client_id: 'https://famous-{{nonce}}.example/client.json' },
        hostile: 'identity',
      },
      'name with a hidden letter': { metadata: { client_name: 'Cla\u200bude' }, hostile: 'name' },
      'name in an isolate': {
        metadata: { client_name: 'Weather \u2066gpj.kcattA\u2069' },
        hostile: 'name',
      },
      'name nobody sees': { metadata: { client_name: '   ' }, hostile: 'name' },
      'name turned round': {
        metadata: { client_name: 'Weather \u202egpj.kcattA' },
        hostile: 'name',
      },
      'name of several lines': {
        metadata: { client_name: 'Weather\nYour bank recommends this client' },
        hostile: 'name',
      },
      'name as long as a book': { metadata: { client_name: 'x'.repeat(50_000) }, hostile: 'name' },
      'name that is no text': {
        metadata: { client_name: { toString: 'Weather' } },
        hostile: 'name',
      },
    },
    async fire({ metadata, hostile }, lab) {
      if (hostile === 'identity') return takeIdentity(lab, metadata.client_id);
      const reply = await register(lab, metadata);
      const client = registered(reply);
      if (!client) return judgeOAuthRefusal(reply, ['invalid_client_metadata']);
      const breaches: string[] = [];
      if (hostile === 'powers') {
        for (const [member, has] of [
          ['grant_types', ['authorization_code', 'refresh_token']],
          ['response_types', ['code']],
        ] as const) {
          // An absent member means what the RFC says it means, which this server has.
          for (const value of (client[member] ?? has) as unknown[]) {
            if (!(has as readonly unknown[]).includes(value)) {
              breaches.push(
                `The server registered ${member} ${JSON.stringify(value)}, which it does not have.`,
              );
            }
          }
        }
        if ('client_secret' in client || (client.token_endpoint_auth_method ?? 'none') !== 'none') {
          breaches.push('The server registered a client that authenticates with a secret.');
        }
      } else {
        const name: unknown = client.client_name;
        const isFit =
          name === undefined ||
          (typeof name === 'string' &&
            name.length <= 1000 &&
            !DECEIVING.test(name) &&
            !HIDDEN.test(name.replaceAll(FLAG_OF_TAGS, '')) &&
            /[\p{L}\p{N}\p{P}\p{S}]/u.test(name));
        if (!isFit) {
          breaches.push(
            `The server registered a name that users cannot judge: ${JSON.stringify(name).slice(0, 80)}`,
          );
        }
      }
      return { breaches, complaints: [] };
    },
  }),

  defineAttack<{ url: string; page: ClientPage | null }>({
    id: 'cimd-ssrf',
    title: 'Fetch this for me',
    level: 'core',
    story:
      'With Client ID Metadata Documents a `client_id` is a URL, and the server fetches it. The attacker names one that only the server can reach: its own machine, the cloud’s metadata service, a host name that stands for an address inside, or a public page that redirects there.',
    secureAnswer:
      'No connection to anything but a public address, whatever the name, the redirect or the second lookup says, and an error page that tells nothing about what was found.',
    lessonAnchor: 'a-url-that-a-stranger-chose',
    references: [
      documents,
      draft,
      cwe(918, 'Server-Side Request Forgery'),
      link(
        'OWASP API7:2023 Server Side Request Forgery',
        'https://owasp.org/API-Security/editions/2023/en/0xa7-server-side-request-forgery/',
      ),
    ],
    payload: z.strictObject({
      url: z.string(),
      page: z
        .strictObject({
          redirectTo: z.string().optional(),
          addresses: z.array(z.union([z.string(), z.array(z.string())])).optional(),
        })
        .nullable(),
    }),
    ordinaryUse: wholeFlow,
    variants: {
      'metadata service': { url: 'http://169.254.169.254/latest/meta-data/', page: null },
      'the same over https': { url: 'https://169.254.169.254/latest/meta-data/', page: null },
      loopback: { url: 'https://127.0.0.1/client.json', page: null },
      localhost: { url: 'https://localhost/client.json', page: null },
      'loopback as a number': { url: 'https://2130706433/client.json', page: null },
      'IPv6 loopback': { url: 'https://[::1]/client.json', page: null },
      'IPv4 in IPv6': { url: 'https://[::ffff:10.0.0.5]/client.json', page: null },
      'name of a machine inside': {
        url: 'https://{{nonce}}.client.example/client.json',
        page: { addresses: ['10.0.0.5'] },
      },
      'the network at home': {
        url: 'https://{{nonce}}.client.example/client.json',
        page: { addresses: ['192.168.1.1'] },
      },
      'the provider’s network': {
        url: 'https://{{nonce}}.client.example/client.json',
        page: { addresses: ['100.64.0.1'] },
      },
      'the network of containers': {
        url: 'https://{{nonce}}.client.example/client.json',
        page: { addresses: ['172.17.0.1'] },
      },
      'addresses of nobody on the internet': {
        url: 'https://{{nonce}}.client.example/client.json',
        page: {
          addresses: [
            '192.0.0.192',
            '198.18.0.1',
            '239.255.255.250',
            '255.255.255.255',
            '2002:a00:5::1',
            '2001:0:a00:5::1',
          ],
        },
      },
      'one inside, one outside': {
        url: 'https://{{nonce}}.client.example/client.json',
        page: { addresses: [['10.0.0.5', '93.184.215.14']] },
      },
      'no address': {
        url: 'https://{{nonce}}.client.example/client.json',
        page: { addresses: ['0.0.0.0'] },
      },
      'link-local IPv6': {
        url: 'https://{{nonce}}.client.example/client.json',
        page: { addresses: ['fe80::1'] },
      },
      'IPv4 by way of NAT64': {
        url: 'https://{{nonce}}.client.example/client.json',
        page: { addresses: ['64:ff9b::a00:5'] },
      },
      'unique local IPv6': {
        url: 'https://{{nonce}}.client.example/client.json',
        page: { addresses: ['fd00::5'] },
      },
      redirect: {
        url: 'https://{{nonce}}.client.example/client.json',
        page: { redirectTo: 'https://10.0.0.5/secret' },
      },
      'second lookup': {
        url: 'https://{{nonce}}.client.example/client.json',
        page: { addresses: ['93.184.215.14', '127.0.0.1'] },
      },
    },
    async fire({ url, page }, lab) {
      const clientId = url.replaceAll('{{nonce}}', lab.nonce);
      if (page) {
        await lab.publish(clientId, {
          ...(page.addresses ? { addresses: page.addresses } : {}),
          ...(page.redirectTo === undefined
            ? { body: documentOf(clientId) }
            : { status: 302, headers: { location: page.redirectTo } }),
        });
      }
      // More than once: the answer to a lookup may change between two of them.
      const replies: LabReply[] = [];
      const attempts = Math.max(2, page?.addresses?.length ?? 0);
      for (let attempt = 0; attempt < attempts; attempt++) {
        const answer = await openAuthorization(lab, clientId, {
          code_challenge: makeProof().challenge,
        });
        replies.push(answer.reply);
      }
      const inside = (await lab.tape()).flatMap((entry) =>
        entry.kind === 'web' && entry.inside ? [`${entry.url} at ${entry.address}`] : [],
      );
      if (inside.length > 0) {
        return { breaches: [`The server connected to ${inside[0]}.`], complaints: [] };
      }
      // A name that stands for a public address at the first look is an honest one until the second.
      const mayServe = [page?.addresses?.[0]].flat().includes('93.184.215.14');
      return {
        breaches: [],
        complaints: replies.flatMap((reply) => (mayServe ? [] : complainUnlessErrorPage(reply))),
      };
    },
  }),

  defineAttack<Mismatch>({
    id: 'cimd-mismatch',
    title: 'A document about somebody else',
    level: 'core',
    story:
      'The attacker publishes a client document that does not describe the client at that URL: it names another client, holds a secret, sends codes over plain http, or has no end. If the server takes it, users see a name they trust, or the server runs out of memory.',
    secureAnswer:
      'The server’s own error page. The document must name the very URL it was fetched from, and its redirect URIs must be ones a registration would accept. What is too long is not read to its end.',
    lessonAnchor: 'what-the-document-must-say',
    references: [documents, draft, cwe(345, 'Insufficient Verification of Data Authenticity')],
    payload: z.strictObject({
      url: z.string(),
      document: z.record(z.string(), z.unknown()),
      padding: z.number().int().min(0).max(4_000_000),
      type: z.string(),
      status: z.number().int(),
      /** Sent instead of the document; `null`: there is nothing at that URL, and no such host. */
      text: z.string().nullable().optional(),
    }),
    ordinaryUse: wholeFlow,
    variants: {
      'another client': mismatch({ client_id: 'https://famous.example/client.json' }),
      'no client': mismatch({ client_id: null }),
      'nearly its URL': mismatch({ client_id: '{{url}}/' }),
      'a secret': mismatch({ client_secret: 'hunter2' }),
      'secret in the header': mismatch({ token_endpoint_auth_method: 'client_secret_basic' }),
      'plain http redirect': mismatch({
        redirect_uris: ['http://evil.example/cb'],
      }),
      'a script as redirect': mismatch({ redirect_uris: ['javascript:alert(1)'] }),
      'user information in a redirect': mismatch({
        redirect_uris: ['https://app.example@evil.example/cb'],
      }),
      'the beginning of its URL': mismatch({ client_id: 'https://' }),
      'a name turned round': mismatch({ client_name: 'Weather \u202egpj.kcattA' }),
      'secret in the form': mismatch({ token_endpoint_auth_method: 'client_secret_post' }),
      'moved elsewhere': { ...mismatch({}), status: 302 },
      'not found': { ...mismatch({}), status: 404 },
      'half a document': { ...mismatch({}), text: '{' },
      'no object': { ...mismatch({}), text: 'null' },
      'no such host': { ...mismatch({}), text: null },
      'no end': { ...mismatch({}), padding: 4_000_000 },
      'not JSON': { ...mismatch({}), type: 'text/html' },
      'plain http': { ...mismatch({}), url: 'http://{{nonce}}.client.example/client.json' },
      'no path': { ...mismatch({}), url: 'https://{{nonce}}.client.example/' },
      'a fragment': { ...mismatch({}), url: 'https://{{nonce}}.client.example/client.json#a' },
      'a query': { ...mismatch({}), url: 'https://{{nonce}}.client.example/client.json?a=b' },
      'dot segments': { ...mismatch({}), url: 'https://{{nonce}}.client.example/a/../client.json' },
      'a password': {
        ...mismatch({}),
        url: 'https://:secret@{{nonce}}.client.example/client.json',
      },
      'no URL': { ...mismatch({}), text: null, url: 'https://[{{nonce}}/client.json' },
      'user information': {
        ...mismatch({}),
        url: 'https://famous.example@{{nonce}}.client.example/client.json',
      },
    },
    async fire({ url, document, padding, type, status, text }, lab) {
      const clientId = url.replaceAll('{{nonce}}', lab.nonce);
      const changed = JSON.parse(
        JSON.stringify(document).replaceAll('{{url}}', clientId),
      ) as Record<string, unknown>;
      const body = Object.fromEntries(
        Object.entries({ ...documentOf(clientId), ...changed }).filter(
          ([, value]) => value !== null,
        ),
      );
      const href = text === null ? undefined : new URL(clientId).href;
      if (href !== undefined && status === 302) {
        const elsewhere = `https://elsewhere-${lab.nonce}.example/client.json`;
        await lab.publish(elsewhere, { body });
        await lab.publish(href, { status, headers: { location: elsewhere } });
      } else if (href !== undefined) {
        const headers = { 'content-type': type };
        await lab.publish(href, { status, body: text ?? body, padding, headers });
      }
      const [redirectUri] = (body.redirect_uris ?? []) as string[];
      const answer = await authorize(lab, clientId, {
        code_challenge: makeProof().challenge,
        redirect_uri: redirectUri ?? CALLBACK,
      });
      const breaches: string[] = [];
      if (answer.code !== undefined) {
        breaches.push(`The server gave a code to ${clientId} at ${answer.location}.`);
      }
      if (answer.reply.status === 0 || answer.reply.status >= 500) {
        breaches.push(
          `The document brought the server to an error of its own: ${describeReply(answer.reply)}`,
        );
      }
      const read = (await lab.tape()).reduce(
        (most, entry) => (entry.kind === 'web' ? Math.max(most, entry.bytes) : most),
        0,
      );
      if (read > 1_000_000) breaches.push(`The server read ${read} bytes of a client document.`);
      const complaints = breaches.length > 0 ? [] : complainUnlessErrorPage(answer.reply);
      return { breaches, complaints };
    },
  }),
];

interface ClientPage {
  redirectTo?: string | undefined;
  addresses?: (string | string[])[] | undefined;
}

const documentOf = (clientId: string): Record<string, unknown> => ({
  client_id: clientId,
  client_name: 'Published client',
  redirect_uris: [CALLBACK],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  token_endpoint_auth_method: 'none',
});

interface Mismatch {
  url: string;
  document: Record<string, unknown>;
  padding: number;
  type: string;
  status: number;
  text?: string | null | undefined;
}

function mismatch(document: Record<string, unknown>): Mismatch {
  const url = 'https://{{nonce}}.client.example/client.json';
  return { url, document, padding: 0, type: 'application/json', status: 200 };
}

/** Registers under the id of a client that exists, and sees where that one's codes would go. */
async function takeIdentity(lab: LabSession, wanted: unknown): Promise<Findings> {
  const victim =
    typeof wanted === 'string'
      ? wanted.replaceAll('{{nonce}}', lab.nonce)
      : await registerClient(lab);
  const evil = `https://evil-${lab.nonce}.example/cb`;
  const reply = await register(lab, { client_id: victim, redirect_uris: [evil] });
  const client = registered(reply);
  const breaches =
    client?.client_id === victim
      ? ['The server let a stranger register under the client_id of another client.']
      : [];
  return { breaches, complaints: [] };
}

/** The request must end on the server's own page, or in an answer that redirects nowhere. */
function complainUnlessErrorPage(reply: LabReply): string[] {
  const isRefusal = reply.status >= 400 && reply.status < 500 && !reply.headers.location;
  return isRefusal
    ? []
    : [`A client that cannot be known has to end on an error page: ${describeReply(reply)}`];
}

const uses: LegitimateUse[] = [
  {
    id: 'registers-honest-clients',
    title: 'Honest clients can register',
    why: 'A command-line client on loopback, a web client on https, one with a name in Japanese: all are ordinary.',
    lessonAnchor: 'where-codes-may-go',
    references: [rfc(7591, '3.2.1'), rfc(8252, '7.3')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const metadata of [
        { redirect_uris: ['http://127.0.0.1/callback'] },
        { redirect_uris: ['http://127.0.0.1:53124/callback?from=mcp'] },
        { redirect_uris: ['http://[::1]:8080/cb'] },
        { redirect_uris: ['http://localhost:3000/oauth/callback'] },
        { redirect_uris: ['http://localhost:3000'] },
        { redirect_uris: ['https://app.example/cb', 'https://app.example:8443/~a/cb%20d'] },
        { grant_types: undefined, response_types: undefined, client_name: undefined },
        { client_name: '天気アプリ' },
        { client_name: 'Météo de l’Été (beta) <2>' },
        { client_name: 'Wetter ⛅ 날씨' },
        { client_uri: 'https://app.example/', software_id: 'weather', unheard_of: [1, 2] },
      ] as Metadata[]) {
        const reply = await register(lab, metadata);
        const client = registered(reply);
        const asked = JSON.stringify(metadata, (_name, value: unknown) => value ?? 'left out');
        if (!client) {
          problems.push(`${asked} was refused: ${describeReply(reply)}`);
          continue;
        }
        const wanted = metadata.redirect_uris ?? [CALLBACK];
        if (JSON.stringify(client.redirect_uris) !== JSON.stringify(wanted)) {
          problems.push(`${asked} was registered with ${JSON.stringify(client.redirect_uris)}.`);
        }
        if (metadata.client_name !== undefined && client.client_name !== metadata.client_name) {
          problems.push(`${asked} was registered under the name ${String(client.client_name)}.`);
        }
      }
      return problems;
    },
  },
  {
    id: 'answers-what-was-registered',
    title: 'The answer says what was registered',
    why: 'A client works with the answer, and not with what it asked for: an id of its own, the grants it has, no secret to send.',
    lessonAnchor: 'what-a-client-may-say',
    references: [rfc(7591, '3.2.1')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      const replies = [await register(lab), await register(lab)];
      const clients = replies.map((reply) => registered(reply));
      const [first, second] = clients;
      if (!first || !second)
        return [`An ordinary client could not register: ${describeReply(replies[0]!)}`];
      if (first.client_id === second.client_id) {
        problems.push('Two registrations got the same client_id.');
      }
      if (first.token_endpoint_auth_method !== 'none') {
        problems.push('The answer does not say that the client is public (none).');
      }
      for (const type of ['authorization_code', 'refresh_token']) {
        if (!((first.grant_types ?? []) as unknown[]).includes(type)) {
          problems.push(`The client asked for ${type}, and the answer does not grant it.`);
        }
      }
      return problems;
    },
  },
  {
    id: 'accepts-client-documents',
    title: 'A client with a document needs no registration',
    why: 'Client ID Metadata Documents are the way MCP recommends: the client publishes who it is, and the server looks it up.',
    lessonAnchor: 'what-the-document-must-say',
    references: [documents, draft],
    worksOnBaseline: true,
    async try(lab) {
      const clientId = `https://${lab.nonce}.client.example/oauth/client.json`;
      const headers = { 'content-type': 'application/json; charset=utf-8' };
      await lab.publish(clientId, { body: documentOf(clientId), headers });
      const proof = makeProof();
      const answer = await authorize(lab, clientId, { code_challenge: proof.challenge });
      if (answer.code === undefined) {
        throw new StepFailed(`The client got no code: ${describeReply(answer.reply)}`);
      }
      const tokens = needTokens(await redeem(lab, clientId, answer.code, proof.verifier));
      const reply = await lab.call('get_weather', PARIS, { token: tokens.accessToken });
      return succeeded(reply) ? [] : [`The call failed: ${describeReply(reply)}`];
    },
  },
];

export const catalogue: TopicCatalogue = { attacks, uses };
