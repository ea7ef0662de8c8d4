import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { RegisterClient } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'A host is taken for loopback because its name begins like it: 127.0.0.1.evil.example is a name that anybody can own.';
export const caughtBy = ['dcr-bad-redirect', 'dcr-metadata-abuse'];

const isAcceptable = (uri: string): boolean => {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname, username, password, hash } = new URL(uri);
  if (username || password || hash || hostname.includes('*')) return false;
  if (protocol === 'https:') return true;
  const isLoopback = ['127.', 'localhost', '[::1]'].some((start) => hostname.startsWith(start));
  return protocol === 'http:' && isLoopback;
};

const metadataSchema = z.object({
  redirect_uris: z.array(z.string().refine(isAcceptable)).min(1).max(10),
  client_name: z
    .string()
    .regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,80}$/u)
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
