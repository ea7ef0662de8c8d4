import { decodeJwt } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';
import { verifyAccessToken as rightly } from '../../../solutions/05-access-tokens/verify-access-token.ts';

export const mistake =
  'A token has to say something of scopes, though the claim may be left out: its user is made to sign in again, and gets another one like it.';
export const caughtBy = ['accepts-tokens-without-scope'];

export const verifyAccessToken: VerifyAccessToken = async (token, context) => {
  const verified = await rightly(token, context);
  if (typeof decodeJwt(token).scope !== 'string') {
    throw new InvalidTokenError('The access token names no scope.');
  }
  return verified;
};
