import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { RegisterClient } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'To keep invisible characters out of a name, everything but English letters is refused, and with it most of the world.';
export const caughtBy = ['dcr-metadata-abuse', 'registers-honest-clients'];

const redirectUri = z
  .string()
  .regex(/^(?:https:\/\/|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/])[\w.~:/?&=%-]{1,1000}$/);

const metadataSchema = z.object({
  redirect_uris: z.array(redirectUri).min(1).max(10),
  client_name: z
    .string()
    .regex(/^[A-Za-z0-9 ._-]{1,60}$/)
    .optional(),
});

export const registerClient: RegisterClient = (metadata) => {
  const parsed = metadataSchema.safeParse(metadata);
  if (!parsed.success) {
    throw new OAuthError('invalid_client_metadata', 'This metadata is not acceptable.');
  }
  return {
    client_id: randomUUID(),
    ...parsed.data,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  };
};
