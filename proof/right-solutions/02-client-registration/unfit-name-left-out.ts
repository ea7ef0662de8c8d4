import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { RegisterClient } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';
import { isAcceptableRedirectUri } from '../../../solutions/02-client-registration/register-client.ts';

export const idea =
  'A name that does not fit is left out instead of refused; the consent page then shows the client_id.';

const name = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u);

const metadataSchema = z.object({
  redirect_uris: z.array(z.string().refine(isAcceptableRedirectUri)).min(1).max(3),
  client_name: name.optional().catch(undefined),
});

export const registerClient: RegisterClient = (metadata) => {
  const parsed = metadataSchema.safeParse(metadata);
  if (!parsed.success) {
    throw new OAuthError('invalid_client_metadata', 'redirect_uris is missing or not acceptable.');
  }
  const { client_name, redirect_uris } = parsed.data;
  return {
    client_id: randomUUID(),
    redirect_uris,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    ...(client_name === undefined ? {} : { client_name }),
  };
};
