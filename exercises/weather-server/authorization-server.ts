/**
 * The embedded authorization server: consent page, token, registration and key endpoints, in
 * memory. Its decisions are the controls of topics 02, 03 and 04; this file only carries them
 * between HTTP and the controls. Its two users need no password: signing in is a click.
 */
import { randomUUID } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import { SignJWT, type CryptoKey, type JSONWebKeySet } from 'jose';
import type {
  Grant,
  RegisteredClient,
  SecurityControls,
  ServerConfig,
  TokenRequest,
} from './controls.ts';
import { consentPage, errorPage } from './consent-page.ts';
import { OAuthError } from './errors.ts';
import type { World } from './world/world.ts';

export const DEMO_USERS = ['alice', 'bob'] as const;

/** The authorization server's signing key, made per run, and its public half. */
export interface SigningKeys {
  privateKey: CryptoKey;
  keyId: string;
  algorithm: 'ES256';
  jwks: JSONWebKeySet;
}

/** Signs an access token in the JWT profile of RFC 9068. */
export async function signAccessToken(
  claims: Record<string, unknown>,
  lifetimeSeconds: number,
  keys: SigningKeys,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ jti: randomUUID(), ...claims, iat: now, exp: now + lifetimeSeconds })
    .setProtectedHeader({ typ: 'at+jwt', alg: keys.algorithm, kid: keys.keyId })
    .sign(keys.privateKey);
}

export function createAuthorizationServer(
  controls: SecurityControls,
  world: World,
  config: ServerConfig,
  keys: SigningKeys,
): Router {
  const router = express.Router();
  const clients = new Map<string, RegisteredClient>();
  const grants = controls.createGrantStore(config); // 04
  const consent = controls.createConsentGuard(config); // 03

  async function findClient(clientId: string | undefined): Promise<RegisteredClient> {
    const known = clients.get(clientId ?? '');
    if (known) return known;
    if (clientId?.startsWith('https://')) {
      return controls.resolveClientDocument(clientId, (url) => world.upstream.fetch(url)); // 02
    }
    throw new OAuthError('invalid_client', 'This client is not registered here.');
  }

  router.get('/jwks', (_request, response) => void response.json(keys.jwks));

  router.post('/register', controls.createBodyParser(config), (request, response) =>
    answerOAuth(response, () => {
      const client = controls.registerClient(request.body, config); // 02
      clients.set(client.client_id, client);
      response.status(201).json(client);
    }),
  );

  router
    .route('/authorize')
    .all(express.urlencoded({ extended: false, limit: '16kb' }))
    .get((request, response) => authorize(queryOf(request), request, response))
    .post((request, response) => authorize(formOf(request), request, response));

  async function authorize(parameters: URLSearchParams, request: Request, response: Response) {
    let client: RegisteredClient;
    let redirectUri: string;
    try {
      client = await findClient(parameters.get('client_id') ?? undefined);
      redirectUri = controls.matchRedirectUri(parameters.get('redirect_uri') ?? undefined, client); // 03
    } catch (error) {
      // Until the redirect URI is known to be the client's, nothing may be sent to it.
      response.status(400).send(errorPage(messageOf(error)));
      return;
    }
    const state = parameters.get('state') ?? undefined;
    const goBack = (outcome: { code: string } | { error: string; error_description?: string }) => {
      const back = new URL(redirectUri);
      const answer = controls.buildAuthorizationResponse(outcome, state, config); // 03
      for (const [name, value] of Object.entries(answer)) back.searchParams.set(name, value);
      response.redirect(302, back.href);
    };
    try {
      const asked = controls.validateAuthorizationRequest(parameters, redirectUri, config); // 03
      if (request.method === 'GET' && consent.mustAsk(request, client)) {
        const csrfField = consent.openForm(request, (name, value) => response.set(name, value));
        response.send(consentPage({ client, asked, parameters, csrfField, users: DEMO_USERS }));
        return;
      }
      consent.checkForm(request, parameters.get('csrf') ?? undefined); // 03
      const subject = DEMO_USERS.find((user) => user === parameters.get('user'));
      if (parameters.get('decision') !== 'allow' || !subject) {
        throw new OAuthError('access_denied', 'The user did not agree.');
      }
      const code = grants.issueCode({
        subject,
        clientId: client.client_id,
        redirectUri,
        scopes: asked.scopes,
        resource: asked.resource ?? config.resource,
        codeChallenge: asked.codeChallenge,
        codeChallengeMethod: asked.codeChallengeMethod,
      });
      goBack({ code });
    } catch (error) {
      if (error instanceof OAuthError) {
        goBack({ error: error.code, error_description: error.message });
      } else {
        throw error;
      }
    }
  }

  router.post(
    '/token',
    express.urlencoded({ extended: false, limit: '16kb' }),
    (request, response) =>
      answerOAuth(response, async () => {
        const form = formOf(request);
        const asked: TokenRequest = {
          clientId: form.get('client_id') ?? undefined,
          redirectUri: form.get('redirect_uri') ?? undefined,
          resource: form.get('resource') ?? undefined,
          scope: form.get('scope') ?? undefined,
          provesPossession: (grant) =>
            controls.verifyCodeChallenge(
              form.get('code_verifier') ?? undefined,
              grant.codeChallenge,
              grant.codeChallengeMethod,
            ), // 03
        };
        switch (form.get('grant_type')) {
          case 'authorization_code': {
            const grant = await grants.redeemCode(form.get('code') ?? '', asked); // 04
            if (!asked.provesPossession(grant)) {
              throw new OAuthError('invalid_grant', 'The code verifier does not fit.');
            }
            return answerTokens(response, grant, grants.issueRefreshToken(grant));
          }
          case 'refresh_token': {
            const rotated = await grants.rotateRefreshToken(form.get('refresh_token') ?? '', asked); // 04
            return answerTokens(response, rotated.grant, rotated.refreshToken);
          }
          default:
            throw new OAuthError(
              'unsupported_grant_type',
              'Use authorization_code or refresh_token.',
            );
        }
      }),
  );

  async function answerTokens(response: Response, grant: Grant, refreshToken: string) {
    const { claims, lifetimeSeconds } = controls.describeAccessToken(grant, config); // 04
    response.set('cache-control', 'no-store').json({
      access_token: await signAccessToken(claims, lifetimeSeconds, keys),
      token_type: 'Bearer',
      expires_in: lifetimeSeconds,
      refresh_token: refreshToken,
      scope: grant.scopes.join(' '),
    });
  }

  return router;
}

/** Runs `work`; an `OAuthError` becomes the JSON answer of RFC 6749 §5.2. */
async function answerOAuth(response: Response, work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    response
      .status(error.code === 'invalid_client' ? 401 : 400)
      .set('cache-control', 'no-store')
      .json({ error: error.code, error_description: error.message });
  }
}

const queryOf = (request: Request): URLSearchParams =>
  new URL(request.url, 'http://localhost').searchParams;

const formOf = (request: Request): URLSearchParams =>
  new URLSearchParams(
    Object.entries((request.body ?? {}) as Record<string, unknown>).map(([name, value]) => [
      name,
      String(Array.isArray(value) ? value[0] : value),
    ]),
  );

const messageOf = (error: unknown): string =>
  error instanceof OAuthError ? error.message : 'This request cannot be understood.';
