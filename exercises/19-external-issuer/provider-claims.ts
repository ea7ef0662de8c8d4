import type { ReadProviderClaims } from '../weather-server/controls.ts';

// Today any token of any tenant will do, for whatever server it was issued, ID tokens included; and
// users are told apart by a name that they may have written themselves.

// TODO 19: Write a table with a row for each `external.kind`, and read the token by it.
//
//   kind      an access token has          client            scopes
//   rfc9068   header typ at+jwt            client_id         scope, words
//   keycloak  typ "Bearer" in the claims   azp               scope, words
//   entra     scp                          azp               scp, words
//   auth0     scope                        azp               scope, words
//   okta      cid                          cid               scp, a list
//   cognito   token_use "access"           client_id         scope, words, each after `<audience>/`
//   zitadel   jti                          client_id or azp  keys of urn:zitadel:iam:org:project:<audience>:roles
//   hydra     client_id                    client_id         scp, a list
//
// `iss` must be `external.issuer`, character by character, and `external.audience` be in `aud`, which
// is a text or a list, character by character too; no other claim will do for it, and no other name of
// ours. The user is `sub`, as it stands, at that issuer: never a name, a mail address, or one of our own
// users; a token without one is refused. Scopes of other servers, and in other claims than the table
// says, grant nothing here. Throw `InvalidTokenError` for all else.
export const readProviderClaims: ReadProviderClaims = ({ claims }, _external, config) => {
  const { scope, scp, email, preferred_username: name, sub } = claims;
  return {
    issuer: config.issuer,
    subject: String(email ?? name ?? sub),
    clientId: String(claims.client_id ?? claims.azp ?? claims.cid),
    scopes: [scope, scp].flat().flatMap((words) => String(words).split(/[ /]/)),
  };
};
