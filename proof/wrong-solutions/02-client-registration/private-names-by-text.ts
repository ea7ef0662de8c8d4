import { z } from 'zod';
import type { ResolveClientDocument } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';
import { clientMetadata } from '../../../solutions/02-client-registration/register-client.ts';

export const mistake =
  'Places inside the network are known by how the host is written; a name of the attacker’s own can stand for any of them.';
export const caughtBy = ['cimd-ssrf'];

const INSIDE =
  /^(?:localhost|.*\.(?:local|internal)|(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\..*|\[.*\])$/;

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
    if (INSIDE.test(url.hostname)) throw new Error('inside');
    const response = await web.fetch(clientId, { redirect: 'error' });
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
