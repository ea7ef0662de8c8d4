import { isIPv4 } from 'node:net';
import type { ResolveClientDocument } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';
import { clientMetadata } from '../../../solutions/02-client-registration/register-client.ts';

export const idea =
  'Addresses are compared as numbers, IPv6 is not used at all, and the document must pass the schema of a registration.';

const SPECIAL = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
  192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3`;

const numberOf = (ip: string): number =>
  ip.split('.').reduce((n, part) => n * 256 + Number(part), 0);

const ranges = SPECIAL.split(/\s+/).map((network) => {
  const [start = '', bits] = network.split('/');
  return { from: numberOf(start), size: 2 ** (32 - Number(bits)) };
});

const isPublic = (ip: string): boolean =>
  isIPv4(ip) &&
  !ranges.some(({ from, size }) => numberOf(ip) >= from && numberOf(ip) < from + size);

const PLAIN_URL = /^https:\/\/[a-z\d.-]+(?::\d+)?\/[\w.~/%-]+$/;

export const resolveClientDocument: ResolveClientDocument = async (clientId, web) => {
  const unusable = new OAuthError('invalid_client', 'This client document cannot be used.');
  if (!PLAIN_URL.test(clientId) || new URL(clientId).href !== clientId) throw unusable;
  try {
    const addresses = await web.lookup(new URL(clientId).hostname);
    const address = addresses.find(isPublic);
    if (address === undefined) throw unusable;
    const signal = AbortSignal.timeout(3_000);
    const response = await web.fetch(clientId, { address, redirect: 'error', signal });
    const type = response.headers.get('content-type') ?? '';
    if (response.status !== 200 || !type.startsWith('application/json')) throw unusable;
    const buffer = Buffer.alloc(8192);
    let size = 0;
    for await (const chunk of response.body ?? []) {
      if (size + chunk.length > buffer.length) throw unusable;
      buffer.set(chunk, size);
      size += chunk.length;
    }
    const document = JSON.parse(buffer.toString('utf8', 0, size)) as Record<string, unknown>;
    const { client_id: id, client_secret: secret, token_endpoint_auth_method: method } = document;
    if (id !== clientId || secret !== undefined || (method ?? 'none') !== 'none') throw unusable;
    return {
      ...clientMetadata.required({ client_name: true }).parse(document),
      client_id: clientId,
      token_endpoint_auth_method: 'none',
    };
  } catch {
    throw unusable;
  }
};
