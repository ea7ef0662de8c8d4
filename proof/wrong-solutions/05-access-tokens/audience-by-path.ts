import { createLocalJWKSet, jwtVerify } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { InvalidTokenError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Only the path of the audience is compared, so that it works on every host; it works for the tokens of every MCP server.';
export const caughtBy = ['tok-wrong-audience'];

const pathOf = (url: string): string => new URL(url).pathname;

export const verifyAccessToken: VerifyAccessToken = async (token, { config, jwks }) => {
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
      algorithms: ['ES256'],
      typ: 'at+jwt',
      issuer: config.issuer,
      requiredClaims: ['exp', 'sub', 'aud'],
    });
    const isOurs = [payload.aud ?? []]
      .flat()
      .some((aud) => pathOf(aud) === pathOf(config.resource));
    if (!isOurs) throw new Error('issued for another service');
    return {
      token,
      clientId: String(payload.client_id),
      scopes: String(payload.scope ?? '').split(' '),
      expiresAt: payload.exp,
      extra: { issuer: payload.iss, subject: payload.sub },
    };
  } catch (error) {
    throw new InvalidTokenError('The access token is not valid here.', { cause: error });
  }
};
