import { randomBytes } from 'node:crypto';
import type { CreateGrantStore, Grant, TokenRequest } from '../weather-server/controls.ts';
import { OAuthError } from '../weather-server/errors.ts';

// Today a code works as often as one likes, for every client, for ever; a refresh token never
// changes, and grants any scope and resource one asks for.

// TODO 04: A code: once, also among parallel requests; for ten minutes at most; only for the
// client, the redirect URI (if one is sent) and the resource it was issued for. A refresh token:
// once, with a new one in return; an old one that comes back revokes the whole family (RFC 9700
// §4.14.2), at the latest half a minute after its use. Sooner, you may answer the same client again,
// if that never leaves two parties with tokens that go on working. Never for another client or
// resource, never with more scopes. Errors: invalid_grant, invalid_target, invalid_scope. Codes and
// refresh tokens are random, of 128 bits at least.
// `Date.now()` is the clock; `issueRefreshToken` gets the very grant that `redeemCode` returned.
export const createGrantStore: CreateGrantStore = () => {
  const grants = new Map<string, Grant>();
  const issue = (grant: Grant): string => {
    const handle = randomBytes(32).toString('base64url');
    grants.set(handle, grant);
    return handle;
  };
  const find = (handle: string, { resource, scope }: TokenRequest): Grant => {
    const grant = grants.get(handle);
    if (!grant) throw new OAuthError('invalid_grant', 'This grant is not known.');
    return {
      ...grant,
      resource: resource ?? grant.resource,
      scopes: scope?.split(' ') ?? grant.scopes,
    };
  };
  return {
    issueCode: issue,
    redeemCode: find,
    issueRefreshToken: issue,
    rotateRefreshToken: (refreshToken, request) => ({
      grant: find(refreshToken, request),
      refreshToken,
    }),
  };
};
