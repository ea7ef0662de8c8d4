import { randomBytes } from 'node:crypto';
import type { CreateSharedGrantStore, Grant, TokenRequest } from '../weather-server/controls.ts';
import { OAuthError } from '../weather-server/errors.ts';

// Today a grant lies in the store as it is, under the code or token itself, for a month, for anybody,
// as often as one likes. What the store does not say, this process remembers.

// TODO 18: Keep the rules of topic 04 whichever instance is asked. A code: once, also among requests at
// once at several instances, for ten minutes at most by the store's clock, for its client, its redirect
// URI (if one is sent) and its resource. A refresh token: once, with a new one in return; an old one
// that comes back half a minute after its use, or later, ends all that came of that code. Sooner, you
// may answer the same client again, if that never leaves two tokens that go on working. Never for
// another client or resource, never with more scopes; fewer are for that one access token. A code is
// no refresh token, and whoever has a used one without its verifier ends nothing with it; nor does the
// end of one sign-in end another of the same user and client. Errors: invalid_grant (of any text that
// is no code or token as well), invalid_target, invalid_scope.
// What the store does not know is not valid, though this process may remember it. While it is away,
// keeps nothing more, or has said nothing to a step for five seconds, throw `UnavailableError`: that is
// not `invalid_grant`, for which clients throw a good token away. Then use it again, within five
// seconds. Whoever reads the store finds no code or token that can be used.
export const createSharedGrantStore: CreateSharedGrantStore = (_config, store) => {
  const copies = new Map<string, string>();
  const issue = async (grant: Grant): Promise<string> => {
    const handle = randomBytes(32).toString('base64url');
    copies.set(handle, JSON.stringify(grant));
    await store.set(`grant:${handle}`, JSON.stringify(grant), 30 * 24 * 60 * 60_000);
    return handle;
  };
  const find = async (handle: string, asked: TokenRequest): Promise<Grant> => {
    const kept = await Promise.race([store.get(`grant:${handle}`), afterASecond()]).catch(() => 0);
    const text = typeof kept === 'string' ? kept : copies.get(handle);
    if (text === undefined) throw new OAuthError('invalid_grant', 'This grant is not known.');
    const grant = JSON.parse(text) as Grant;
    return {
      ...grant,
      resource: asked.resource ?? grant.resource,
      scopes: asked.scope?.split(' ') ?? grant.scopes,
    };
  };
  return {
    issueCode: issue,
    redeemCode: find,
    issueRefreshToken: issue,
    rotateRefreshToken: async (refreshToken, asked) => ({
      grant: await find(refreshToken, asked),
      refreshToken,
    }),
  };
};

const afterASecond = (): Promise<number> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(0), 1_000).unref();
  });
