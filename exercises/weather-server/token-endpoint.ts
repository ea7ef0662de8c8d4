/**
 * The token endpoint (RFC 6749 §3.2): who asks, with which grant, and the answer. What a code or a
 * refresh token is good for is decided by the controls of topics 03 and 04.
 */
import { randomUUID } from 'node:crypto';
import express, { type Response, type Router } from 'express';
import { SignJWT } from 'jose';
import { NOT_REGISTERED, type ClientRegistry } from './client-registry.ts';
import type {
  Grant,
  GrantStore,
  SecurityControls,
  ServerConfig,
  SharedGrantStore,
  TokenRequest,
} from './controls.ts';
import { OAuthError } from './errors.ts';
import {
  answerOAuthError,
  answerUnreadable,
  formOf,
  oauthEndpoint,
  onlyMethod,
  readForm,
  refuseRepeated,
  usesBasic,
  valueOf,
} from './oauth-parameters.ts';
import type { KeyRing } from './signing-keys.ts';

/** Signs an access token in the JWT profile of RFC 9068. */
export async function signAccessToken(
  claims: Record<string, unknown>,
  lifetimeSeconds: number,
  keys: KeyRing,
): Promise<string> {
  const { privateKey, keyId, algorithm } = await keys.current();
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ jti: randomUUID(), ...claims, iat: now, exp: now + lifetimeSeconds })
    .setProtectedHeader({ typ: 'at+jwt', alg: algorithm, kid: keyId })
    .sign(privateKey);
}

export function createTokenEndpoint(
  controls: SecurityControls,
  config: ServerConfig,
  keys: KeyRing,
  grants: GrantStore | SharedGrantStore,
  clients: ClientRegistry,
): Router {
  const router = express.Router();

  router
    .route('/token')
    .post(
      readForm,
      oauthEndpoint(async (request, response) => {
        const form = formOf(request);
        refuseRepeated(form);
        if (usesBasic(request)) {
          // RFC 6749 §5.2: answered in the scheme that was tried, though no client has a secret here.
          response.set('www-authenticate', 'Basic realm="token endpoint"');
          throw new OAuthError(
            'invalid_client',
            'Clients have no secrets here. Send client_id in the form, and no Authorization header.',
          );
        }
        const clientId = valueOf(form, 'client_id');
        try {
          await answerGrant(form, clientId, response);
        } catch (error) {
          // Whom a grant belongs to is for the store to decide (04). What it refuses to somebody who is
          // not known here is refused for that reason: it is what makes a client register again.
          if (!(error instanceof OAuthError) || clients.knows(clientId ?? '')) throw error;
          throw new OAuthError('invalid_client', NOT_REGISTERED);
        }
      }),
    )
    .all(onlyMethod('POST'));
  router.use('/token', answerUnreadable(answerOAuthError, 'invalid_request'));

  async function answerGrant(
    form: URLSearchParams,
    clientId: string | undefined,
    response: Response,
  ): Promise<void> {
    const asked: TokenRequest = {
      clientId,
      redirectUri: valueOf(form, 'redirect_uri'),
      resource: valueOf(form, 'resource'),
      scope: valueOf(form, 'scope'),
      provesPossession: ({ codeChallenge, codeChallengeMethod }) =>
        controls.verifyCodeChallenge(
          valueOf(form, 'code_verifier'),
          codeChallenge,
          codeChallengeMethod,
        ), // 03
    };
    switch (valueOf(form, 'grant_type')) {
      case 'authorization_code': {
        const grant = await grants.redeemCode(required(form, 'code'), asked); // 04
        if (!asked.provesPossession(grant)) {
          throw new OAuthError('invalid_grant', 'The code verifier does not fit.');
        }
        const refreshToken = grant.mayRefresh ? await grants.issueRefreshToken(grant) : undefined;
        return answerTokens(response, grant, refreshToken);
      }
      case 'refresh_token': {
        const refreshToken = required(form, 'refresh_token');
        const rotated = await grants.rotateRefreshToken(refreshToken, asked); // 04
        return answerTokens(response, rotated.grant, rotated.refreshToken);
      }
      case undefined:
        throw new OAuthError('invalid_request', 'grant_type is missing.');
      default:
        throw new OAuthError('unsupported_grant_type', 'Use authorization_code or refresh_token.');
    }
  }

  async function answerTokens(
    response: Response,
    grant: Grant,
    refreshToken: string | undefined,
  ): Promise<void> {
    const { claims, lifetimeSeconds } = controls.describeAccessToken(grant, config); // 04
    response.set('cache-control', 'no-store').json({
      access_token: await signAccessToken(claims, lifetimeSeconds, keys),
      token_type: 'Bearer',
      expires_in: lifetimeSeconds,
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
      scope: grant.scopes.join(' '),
    });
  }

  return router;
}

function required(form: URLSearchParams, name: string): string {
  const value = valueOf(form, name);
  if (value === undefined) throw new OAuthError('invalid_request', `${name} is missing.`);
  return value;
}
