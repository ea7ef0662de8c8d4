import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { RegisterClient } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'What was sent is checked and then registered whole, with the client_id it names: a stranger becomes a client that exists.';
export const caughtBy = ['dcr-metadata-abuse'];

const redirectUri = z
  .string()
  .regex(/^(?:https:\/\/|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/])[\w.~:/?&=%-]{1,1000}$/);

const metadataSchema = z.object({
  client_id: z
    .string()
    .max(100)
    .default(() => randomUUID()),
  client_name: z
    .string()
    .regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,80}$/u)
    .optional(),
  redirect_uris: z.array(redirectUri).min(1).max(10),
  grant_types: z
    .array(z.enum(['authorization_code', 'refresh_token']))
    .default(['authorization_code']),
  response_types: z.array(z.literal('code')).default(['code']),
  token_endpoint_auth_method: z.literal('none').default('none'),
});

export const registerClient: RegisterClient = (metadata) => {
  const parsed = metadataSchema.safeParse(metadata);
  if (parsed.success) return parsed.data;
  throw parsed.error.issues.some(({ path }) => path[0] === 'redirect_uris')
    ? new OAuthError('invalid_redirect_uri', 'These redirect URIs are not acceptable.')
    : new OAuthError('invalid_client_metadata', 'This metadata is not acceptable.');
};
