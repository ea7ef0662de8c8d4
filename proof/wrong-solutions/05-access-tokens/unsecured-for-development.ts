import { UnsecuredJWT } from 'jose';
import type { VerifyAccessToken } from '../../../exercises/weather-server/controls.ts';
import { verifyAccessToken as rightly } from '../../../solutions/05-access-tokens/verify-access-token.ts';

export const mistake =
  'Tokens without a signature are accepted outside production, for tests; anybody can write one wherever NODE_ENV was forgotten.';
export const caughtBy = ['tok-alg-none'];

export const verifyAccessToken: VerifyAccessToken = async (token, context) => {
  if (process.env.NODE_ENV === 'production') return rightly(token, context);
  try {
    const { issuer, resource } = context.config;
    const { payload } = UnsecuredJWT.decode(token, { issuer, audience: resource });
    return {
      token,
      clientId: String(payload.client_id),
      scopes: String(payload.scope ?? '').split(' '),
      expiresAt: Number(payload.exp),
      extra: { issuer: payload.iss, subject: String(payload.sub) },
    };
  } catch {
    return rightly(token, context);
  }
};
