import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';
import { verifyAccessToken as rightly } from '../../../solutions/05-access-tokens/verify-access-token.ts';

export const mistake =
  'Whatever parses as JSON is taken for an object: a header that says null makes the server stumble, and answer with HTTP 500.';
export const caughtBy = ['tok-malformed'];

export const verifyAccessToken: VerifyAccessToken = async (token, context) => {
  const { alg } = headerOf(token);
  if (alg !== 'ES256') throw new InvalidTokenError('This algorithm is not used here.');
  return rightly(token, context);
};

function headerOf(token: string): { alg?: unknown } {
  const [header = ''] = token.split('.');
  try {
    return JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg?: unknown };
  } catch {
    throw new InvalidTokenError('The access token is no JWT.');
  }
}
