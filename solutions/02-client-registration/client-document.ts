import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { z } from 'zod';
import type { ResolveClientDocument } from '../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../exercises/weather-server/errors.ts';
import type { Web } from '../../exercises/weather-server/world/web.ts';
import { clientMetadata } from './register-client.ts';

/** Enough for a real document, and little to hold (the draft suggests 5 kB). */
const MOST_BYTES = 5 * 1024;
const WITHIN_MS = 5_000;

/** Addresses that are not somebody's on the internet (IANA special-purpose registries, RFC 6890). */
const special = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  special.addSubnet(network, prefix, 'ipv4');
}
/** Of IPv6, only global unicast is anybody's at all, and these parts of it are not. */
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');
special.addSubnet('2001::', 23, 'ipv6');
special.addSubnet('2001:db8::', 32, 'ipv6');
special.addSubnet('2002::', 16, 'ipv6');
special.addSubnet('3fff::', 20, 'ipv6');

/** Whether an address can be somebody's on the internet, and is nobody's inside a network. */
export const isPublicAddress = (address: string): boolean =>
  (isIPv4(address) && !special.check(address, 'ipv4')) ||
  (isIPv6(address) && globalUnicast.check(address, 'ipv6') && !special.check(address, 'ipv6'));

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
