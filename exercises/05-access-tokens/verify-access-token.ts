import { decodeJwt } from 'jose';
import type { VerifyAccessToken } from '../weather-server/controls.ts';

// Today the token is read, but nobody checks who made it: anyone can write `"sub": "admin"` and be
// admin. Nor does anyone ask whom it was made for, or until when.

// TODO 05: Accept a token only if the authorization server signed it (keys: `context.jwks` as they
// are at this moment, with an algorithm that you name), it was issued by `config.issuer` for
// `config.resource`, it has an expiry and is inside its time, and it is an access token (`typ:
// at+jwt`, RFC 9068 §2.1). Throw otherwise.
export const verifyAccessToken: VerifyAccessToken = async (token, { config }) => {
  const claims = decodeJwt(token);
  return {
    token,
    clientId: String(claims.client_id ?? 'unknown'),
    scopes: typeof claims.scope === 'string' ? claims.scope.split(' ') : [],
    extra: { issuer: claims.iss ?? config.issuer, subject: claims.sub ?? 'unknown' },
  };
};
