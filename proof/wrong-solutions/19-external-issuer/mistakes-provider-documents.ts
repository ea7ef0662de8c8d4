import type {
  DiscoverIssuer,
  FetchProviderDocument,
  ProviderMeans,
} from '../../../exercises/weather-server/controls.ts';
import { UnavailableError } from '../../../exercises/weather-server/errors.ts';
import type { Mistake } from '../../solutions.ts';

/** The parts of a right solution, each of which a mistake may replace. */
interface FetchParts {
  signal: () => AbortSignal | undefined;
  /** Of a request; without a limit on the body. */
  redirect: 'manual' | 'follow';
  allows: (url: URL, isAtIssuer: boolean) => boolean;
  /** The address to connect to. */
  choose: (url: URL, isAtIssuer: boolean, means: ProviderMeans) => Promise<string | undefined>;
  statuses: (status: number) => boolean;
  read: (response: Response) => Promise<string>;
}

const bounded =
  (most: number) =>
  async (response: Response): Promise<string> => {
    const decoder = new TextDecoder();
    let text = '';
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      if (bytes > most) throw new RangeError('too long');
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  };

const right: FetchParts = {
  signal: () => AbortSignal.timeout(5_000),
  redirect: 'manual',
  allows: (url, isAtIssuer) =>
    (isAtIssuer || url.protocol === 'https:') && url.username === '' && url.password === '',
  choose: async (url, isAtIssuer, { chooseAddress, web }) =>
    isAtIssuer ? undefined : chooseAddress(url.hostname, web),
  statuses: (status) => status === 200,
  read: bounded(256 * 1024),
};

const fetchWith =
  (changed: Partial<FetchParts>): FetchProviderDocument =>
  async (text, means) => {
    const parts = { ...right, ...changed };
    const url = new URL(text);
    const isAtIssuer = url.origin === new URL(means.external.issuer).origin;
    if (!parts.allows(url, isAtIssuer)) throw new TypeError('not to be asked');
    const signal = parts.signal();
    const address = await parts.choose(url, isAtIssuer, means);
    const response = await means.web.fetch(url.href, {
      redirect: parts.redirect,
      ...(signal ? { signal } : {}),
      ...(address === undefined ? {} : { address }),
    });
    if (!parts.statuses(response.status)) {
      await response.body?.cancel();
      throw new TypeError('not to be had');
    }
    const document: unknown = JSON.parse(await parts.read(response));
    return document;
  };

interface DiscoverParts {
  places: (origin: string, path: string, pathname: string) => string[];
  isOf: (named: unknown, issuer: string) => boolean;
  /** Whether the search ends with this document, right or not. */
  decides: (document: Record<string, unknown>) => boolean;
}

const rightDiscovery: DiscoverParts = {
  places: (origin, path) => [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}/.well-known/openid-configuration${path}`,
    `${origin}${path}/.well-known/openid-configuration`,
  ],
  isOf: (named, issuer) => named === issuer,
  decides: () => false,
};

const discoverWith =
  (changed: Partial<DiscoverParts>): DiscoverIssuer =>
  async (issuer, fetchDocument) => {
    const { places, isOf, decides } = { ...rightDiscovery, ...changed };
    const { origin, pathname } = new URL(issuer);
    for (const place of places(origin, pathname.replace(/\/$/, ''), pathname)) {
      let isOver = false;
      try {
        const document = (await fetchDocument(place)) as Record<string, unknown>;
        const { issuer: named, jwks_uri: jwksUri } = document;
        if (typeof jwksUri === 'string' && isOf(named, issuer)) return { jwksUri };
        isOver = decides(document);
      } catch {
        // The next one, perhaps.
      }
      if (isOver) break;
    }
    throw new UnavailableError('no metadata');
  };

const wrongFetch = (
  name: string,
  mistake: string,
  caughtBy: string,
  changed: Partial<FetchParts>,
): Mistake => ({
  name,
  mistake,
  caughtBy: [caughtBy],
  controls: { fetchProviderDocument: fetchWith(changed) },
});

const wrongDiscovery = (
  name: string,
  mistake: string,
  caughtBy: string[],
  changed: Partial<DiscoverParts>,
): Mistake => ({
  name,
  mistake,
  caughtBy,
  controls: { discoverIssuer: discoverWith(changed) },
});

/** Like `fetch`, but of redirects it follows one, if that leads to the same host. */
const fetchAtHome: FetchProviderDocument = (text, means) =>
  fetchWith({})(text, {
    ...means,
    web: {
      ...means.web,
      async fetch(url, options) {
        const response = await means.web.fetch(url, options);
        const to = new URL(response.headers.get('location') ?? url, url);
        const isAtHome = to.href !== url && to.origin === new URL(url).origin;
        return isAtHome ? means.web.fetch(to.href, options) : response;
      },
    },
  });

export const mistakes: Mistake[] = [
  {
    name: 'follows-redirects-at-home',
    mistake: 'A redirect is followed if it leads to the same host.',
    caughtBy: ['iss-redirected-document'],
    controls: { fetchProviderDocument: fetchAtHome },
  },
  wrongFetch(
    'a-password-without-a-user',
    'A URL is looked at for a user name only, and may hold a password.',
    'iss-keys-elsewhere',
    {
      allows: (url, isAtIssuer) => (isAtIssuer || url.protocol === 'https:') && url.username === '',
    },
  ),
  wrongDiscovery(
    'the-first-document-decides',
    'The search ends at the first document, though it is another issuer’s.',
    ['finds-metadata-everywhere'],
    { decides: ({ jwks_uri: jwksUri }) => jwksUri !== undefined },
  ),
  wrongDiscovery(
    'metadata-without-keys',
    'The search ends at a document that does not say where the keys are.',
    ['finds-metadata-everywhere'],
    { decides: ({ jwks_uri: jwksUri }) => jwksUri === undefined },
  ),
  wrongFetch(
    'follows-redirects',
    'Documents are fetched wherever a redirect leads.',
    'iss-redirected-document',
    { redirect: 'follow' },
  ),
  wrongFetch(
    'in-the-clear',
    'Keys are fetched over plain http, where anybody on the way can put others in their place.',
    'iss-keys-elsewhere',
    { allows: (url) => url.username === '' && url.password === '' },
  ),
  wrongFetch(
    'in-the-clear-at-the-issuers-host',
    'The host of the issuer is asked in any scheme, though the operator has written https.',
    'iss-keys-elsewhere',
    {
      allows: (url, isAtIssuer) => right.allows(url, isAtIssuer || url.hostname.startsWith('id-')),
    },
  ),
  wrongFetch(
    'any-address',
    'The place of the keys is asked whatever machine it leads to, those inside included.',
    'iss-keys-elsewhere',
    { choose: async () => undefined },
  ),
  wrongFetch(
    'looks-it-up-twice',
    'The address of the keys’ host is looked up and judged, and then looked up again to connect.',
    'iss-keys-elsewhere',
    {
      async choose(url, isAtIssuer, means) {
        await right.choose(url, isAtIssuer, means);
        return undefined;
      },
    },
  ),
  wrongFetch(
    'with-a-password',
    'A user name and a password that stand in the metadata are sent along.',
    'iss-keys-elsewhere',
    { allows: (url, isAtIssuer) => isAtIssuer || url.protocol === 'https:' },
  ),
  wrongFetch(
    'reads-to-the-end',
    'A document is read to its end, however long it is.',
    'iss-endless-document',
    { read: (response) => response.text() },
  ),
  wrongFetch(
    'believes-the-length',
    'A document that says it is short is read to its end.',
    'iss-endless-document',
    {
      read(response) {
        const said = response.headers.get('content-length');
        return Number(said ?? Infinity) < 256 * 1024
          ? response.text()
          : bounded(256 * 1024)(response);
      },
    },
  ),
  wrongFetch(
    'reads-error-pages',
    'The whole text of an error page is read, and then thrown away.',
    'iss-endless-document',
    {
      statuses: () => true,
      async read(response) {
        if (response.status === 200) return bounded(256 * 1024)(response);
        throw new TypeError(await response.text());
      },
    },
  ),
  wrongFetch(
    'waits-without-end',
    'The provider is waited for as long as it takes.',
    'iss-slow-provider',
    { signal: () => undefined },
  ),
  wrongFetch(
    'waits-half-a-minute',
    'The provider is waited for as long as half a minute, by everybody who comes with its tokens.',
    'iss-slow-provider',
    { signal: () => AbortSignal.timeout(30_000) },
  ),
  wrongFetch(
    'only-five-kibibytes',
    'Documents are cut off after five kibibytes, as if they were those of clients.',
    'reads-large-key-sets',
    { read: bounded(5 * 1024) },
  ),
  wrongFetch(
    'keys-at-the-issuer-only',
    'Keys are taken from the issuer’s own host only, and some providers keep them elsewhere.',
    'takes-keys-from-another-host',
    { allows: (url, isAtIssuer) => isAtIssuer && right.allows(url, isAtIssuer) },
  ),
  wrongFetch(
    'no-issuer-inside',
    'The issuer itself has to be at a public address, though the operator has named it.',
    'asks-an-issuer-inside',
    { choose: (url, _isAtIssuer, means) => right.choose(url, false, means) },
  ),

  wrongDiscovery(
    'whoever-the-metadata-are-of',
    'Nobody asks whether the metadata are those of the issuer.',
    ['iss-metadata-of-another'],
    { isOf: () => true },
  ),
  wrongDiscovery(
    'metadata-that-begin-alike',
    'The issuer of the metadata need only begin like the one that was asked for.',
    ['iss-metadata-of-another'],
    { isOf: (named, issuer) => typeof named === 'string' && named.startsWith(issuer) },
  ),
  wrongDiscovery(
    'a-slash-is-nothing',
    'Two issuers that differ in a slash at the end are taken for one.',
    ['iss-metadata-of-another'],
    {
      isOf: (named, issuer) =>
        typeof named === 'string' && named.replace(/\/$/, '') === issuer.replace(/\/$/, ''),
    },
  ),
  wrongDiscovery(
    'small-letters',
    'Issuers are compared in small letters, though paths are not.',
    ['iss-metadata-of-another'],
    {
      isOf: (named, issuer) =>
        typeof named === 'string' && named.toLowerCase() === issuer.toLowerCase(),
    },
  ),
  wrongDiscovery(
    'metadata-of-nobody',
    'Metadata that name no issuer are taken for those of this one.',
    ['iss-metadata-of-another'],
    { isOf: (named, issuer) => named === undefined || named === issuer },
  ),
  wrongDiscovery(
    'same-host',
    'An issuer of the same host is taken for the issuer.',
    ['iss-metadata-of-another'],
    {
      isOf: (named, issuer) =>
        typeof named === 'string' && new URL(named).origin === new URL(issuer).origin,
    },
  ),
  wrongDiscovery(
    'root-of-the-host',
    'The metadata are looked for at the root of the host, where those of a tenant are not.',
    ['finds-metadata-everywhere', 'reads-each-provider'],
    {
      places: (origin) => [
        `${origin}/.well-known/oauth-authorization-server`,
        `${origin}/.well-known/openid-configuration`,
      ],
    },
  ),
  wrongDiscovery(
    'openid-only',
    'Only the metadata of OpenID Connect are looked for, which an OAuth server need not have.',
    ['finds-metadata-everywhere'],
    { places: (origin, path) => rightDiscovery.places(origin, path, path).slice(1) },
  ),
  wrongDiscovery(
    'in-front-of-the-path-only',
    'The well-known path is put in front of the issuer’s path only, and OpenID Connect puts it behind.',
    ['finds-metadata-everywhere', 'reads-each-provider'],
    { places: (origin, path) => rightDiscovery.places(origin, path, path).slice(0, 2) },
  ),
  wrongDiscovery(
    'two-slashes',
    'The slash at the end of an issuer is left where it is, so that two of them come together.',
    ['finds-metadata-everywhere', 'reads-each-provider'],
    {
      places: (origin, _path, pathname) =>
        rightDiscovery.places(origin, pathname === '/' ? '' : pathname, pathname),
    },
  ),
];
