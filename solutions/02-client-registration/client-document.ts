import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import type { ResolveClientDocument } from '../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../exercises/weather-server/errors.ts';
import type { Web } from '../../exercises/weather-server/world/web.ts';
import { clientMetadata } from './register-client.ts';

/** Enough for a real document, and little to hold (the draft suggests 5 kB). */
const MOST_BYTES = 5 * 1024;
const WITHIN_MS = 5_000;

/** All of IPv6 that is given out to anybody (IANA, IPv6 Global Unicast Address Assignments). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address can be somebody's on the internet, and is nobody's inside a network. Only ranges
 * without a name are: to list the bad ones instead would let in whatever range gets a name later.
 * Addresses that carry another one (mapped, NAT64, 6to4, Teredo) have a range of their own, and are
 * refused whatever they carry. `range()` also calls unicast what IANA has given to nobody.
 */
export function isPublicAddress(address: string): boolean {
  // Stricter than the library, which takes `010.0.0.5` for an address, as only some resolvers do.
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  const isGivenOut = parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST);
  return isGivenOut && parsed.range() === 'unicast';
}

/** The document's own members, beside the metadata that a registration would have. */
const documentSchema = clientMetadata.extend({
  client_id: z.string(),
  client_name: clientMetadata.shape.client_name.unwrap(),
  // Whoever can read the document could read a secret in it.
  client_secret: z.undefined().optional(),
  client_secret_expires_at: z.undefined().optional(),
  token_endpoint_auth_method: z.literal('none').optional(),
});

/**
 * Resolves a `client_id` that is a URL (Client ID Metadata Documents). The URL must be https, with a
 * path, and be written as it is fetched, so that it names one thing only; the document must name
 * that very URL as its `client_id`.
 *
 * The URL is an attacker's until proven otherwise, so the fetch goes to public addresses only, to
 * the very address that was checked (a second lookup could answer differently), follows no
 * redirect, waits five seconds, and reads 5 KiB. Does not cache, and does not check whether the
 * redirect URIs belong to the document's host: the consent page shows the URL and where answers go.
 */
export const resolveClientDocument: ResolveClientDocument = async (clientId, web) => {
  const url = readClientId(clientId);
  try {
    const text = await fetchDocument(url, web);
    const document = documentSchema.parse(JSON.parse(text));
    if (document.client_id !== clientId) throw new Error('the document is about another client');
    const { client_name, redirect_uris, grant_types, response_types } = document;
    return {
      client_id: clientId,
      client_name,
      redirect_uris,
      grant_types,
      response_types,
      token_endpoint_auth_method: 'none',
    };
  } catch (error) {
    // One answer for all of it: what this server can reach is not the client's to find out.
    if (error instanceof OAuthError) throw error;
    throw invalid();
  }
};

function readClientId(clientId: string): URL {
  if (clientId.length > 2000 || !URL.canParse(clientId)) throw invalid();
  const url = new URL(clientId);
  const isPlain =
    url.protocol === 'https:' &&
    url.href === clientId && // no dot segments, no other spelling of host or port
    url.pathname !== '/' &&
    url.username === '' &&
    url.password === '' &&
    !clientId.includes('#') &&
    !clientId.includes('?');
  if (!isPlain) throw invalid();
  return url;
}

async function fetchDocument(url: URL, web: Web): Promise<string> {
  const signal = AbortSignal.timeout(WITHIN_MS);
  const addresses = await Promise.race([web.lookup(url.hostname), rejectWhenAborted(signal)]);
  const [address] = addresses;
  if (address === undefined || !addresses.every(isPublicAddress)) throw invalid();
  const response = await web.fetch(url.href, { address, redirect: 'manual', signal });
  const type = response.headers.get('content-type') ?? '';
  if (response.status !== 200 || !/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type)) {
    await response.body?.cancel();
    throw invalid();
  }
  return readBounded(response);
}

const rejectWhenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) throw invalid();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const invalid = (): OAuthError =>
  new OAuthError('invalid_client', 'This client_id does not lead to a usable client document.');
