import { z } from 'zod';
import type {
  DiscoverIssuer,
  ExternalIssuer,
  FetchProviderDocument,
} from '../../exercises/weather-server/controls.ts';
import { UnavailableError } from '../../exercises/weather-server/errors.ts';

/** A key set with certificate chains has some 30 KiB, and metadata 10. */
const MOST_BYTES = 256 * 1024;
const WITHIN_MS = 5_000;

/**
 * Fetches a document of the provider.
 *
 * The operator has named the issuer, so its own origin is asked as it is: a Keycloak of one's own is
 * often inside. Whatever else the metadata name is a text that came over the network. It has to be
 * https, and somebody's on the internet (topic 21), and the connection goes to the address that was
 * checked. No redirect is followed: where it leads, nobody has named. Five seconds, and 256 KiB by
 * counting what comes.
 */
export const fetchProviderDocument: FetchProviderDocument = async (
  text,
  { external, web, chooseAddress },
) => {
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') throw new TypeError('A URL without a password.');
  const signal = AbortSignal.timeout(WITHIN_MS);
  const address = isAtIssuer(url, external)
    ? undefined
    : await addressOf(url, () => chooseAddress(url.hostname, web), signal);
  const response = await web.fetch(url.href, {
    redirect: 'manual',
    signal,
    ...(address === undefined ? {} : { address }),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new TypeError(`The provider answered ${response.status}.`);
  }
  const document: unknown = JSON.parse(await readBounded(response));
  return document;
};

const isAtIssuer = (url: URL, { issuer }: ExternalIssuer): boolean =>
  url.origin === new URL(issuer).origin;

/** A lookup hears no signal, so it is left behind when time is over. */
function addressOf(url: URL, choose: () => Promise<string>, signal: AbortSignal): Promise<string> {
  if (url.protocol !== 'https:') throw new TypeError('Keys come over https.');
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    choose().then(resolve, reject);
  });
}

/** Counts what comes, for `Content-Length` is the other side's text. */
async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the stream, and ends the connection.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new RangeError('The document is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const metadataSchema = z.object({ issuer: z.string(), jwks_uri: z.string() });

/**
 * Finds the metadata of an issuer: OAuth's document first, then OpenID Connect's (MCP, Authorization
 * Server Metadata Discovery). OAuth puts its well-known path between host and path (RFC 8414 §3.1),
 * OpenID Connect behind the path (Discovery 1.0 §4.1), and some do it as OAuth does (RFC 8414 §5).
 * A slash at the end of the issuer is left out for that, and for nothing else.
 *
 * The document has to name the very issuer it was asked for, character by character (RFC 8414 §3.3).
 * A document that does not is another tenant's, and its keys would be as well. It is passed over, so
 * that a wrong one at the first place does not hide the right one at the next.
 */
export const discoverIssuer: DiscoverIssuer = async (issuer, fetchDocument) => {
  for (const url of placesOf(issuer)) {
    const document = metadataSchema.safeParse(await fetchDocument(url).catch(() => undefined));
    if (document.data?.issuer === issuer) return { jwksUri: document.data.jwks_uri };
  }
  throw new UnavailableError('The provider has no metadata to be had now.');
};

function placesOf(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  return [
    ...new Set([
      `${origin}/.well-known/oauth-authorization-server${path}`,
      `${origin}/.well-known/openid-configuration${path}`,
      `${origin}${path}/.well-known/openid-configuration`,
    ]),
  ];
}
