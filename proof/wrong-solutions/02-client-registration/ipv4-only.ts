import { BlockList, isIPv4 } from 'node:net';
import { z } from 'zod';
import type { ResolveClientDocument } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';
import { clientMetadata } from '../../../solutions/02-client-registration/register-client.ts';

export const mistake =
  'Only IPv4 is on the list of places inside; the same machines have IPv6 addresses as well, and IPv4 fits into IPv6.';
export const caughtBy = ['cimd-ssrf'];

const inside = new BlockList();
for (const network of ['0.0.0.0', '10.0.0.0', '127.0.0.0']) inside.addSubnet(network, 8);
inside.addSubnet('100.64.0.0', 10);
inside.addSubnet('172.16.0.0', 12);
for (const network of ['169.254.0.0', '192.168.0.0']) inside.addSubnet(network, 16);

const documentSchema = clientMetadata.extend({
  client_id: z.string(),
  client_name: clientMetadata.shape.client_name.unwrap(),
  client_secret: z.undefined().optional(),
  token_endpoint_auth_method: z.literal('none').default('none'),
});

export const resolveClientDocument: ResolveClientDocument = async (clientId, web) => {
  try {
    const url = new URL(clientId);
    const isPlain = url.protocol === 'https:' && url.href === clientId && url.pathname !== '/';
    if (!isPlain || /[?#@]/.test(clientId)) throw new Error('not a plain https URL');
    const [address = ''] = await web.lookup(url.hostname);
    if (isIPv4(address) && inside.check(address)) throw new Error('inside');
    const response = await web.fetch(clientId, { address, redirect: 'error' });
    if (response.status !== 200 || !response.headers.get('content-type')?.includes('json')) {
      throw new Error('no JSON document');
    }
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (text.length > 5120) throw new Error('too long');
    }
    const document = documentSchema.parse(JSON.parse(text));
    if (document.client_id !== clientId) throw new Error('about another client');
    return document;
  } catch {
    throw new OAuthError('invalid_client', 'This client_id leads to no usable document.');
  }
};
