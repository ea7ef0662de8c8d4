import { z } from 'zod';
import type { ResolveClientDocument } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';
import { clientMetadata } from '../../../solutions/02-client-registration/register-client.ts';

export const mistake =
  'The length is checked once the whole document is in memory, so a document without an end fills it first.';
export const caughtBy = ['cimd-mismatch'];

const INSIDE =
  /:|^(?:0|10|127|2[2-5]\d|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.(?:168|0\.0)|198\.1[89]|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

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
    if (INSIDE.test(address)) throw new Error('inside');
    const response = await web.fetch(clientId, { address, redirect: 'error' });
    if (response.status !== 200 || !response.headers.get('content-type')?.includes('json')) {
      throw new Error('no JSON document');
    }
    const text = await response.text();
    if (text.length > 5120) throw new Error('too long');
    const document = documentSchema.parse(JSON.parse(text));
    if (document.client_id !== clientId) throw new Error('about another client');
    return document;
  } catch {
    throw new OAuthError('invalid_client', 'This client_id leads to no usable document.');
  }
};
