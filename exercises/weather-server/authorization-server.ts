/**
 * The embedded authorization server: consent page, registration and key endpoints here, the token
 * endpoint and the way over a third party beside it. Its decisions are the controls of topics 02, 03,
 * 04 and 20; this file only carries them between HTTP and the controls. Its two users need no password:
 * signing in is a click. Where there is a third party, users sign in there.
 */
import express, { type Request, type Response, type Router } from 'express';
import { HOW_TO_REGISTER_AGAIN, NOT_REGISTERED, type ClientRegistry } from './client-registry.ts';
import type {
  AuthorizationRequest,
  RegisteredClient,
  SecurityControls,
  ServerConfig,
  WantedAccess,
} from './controls.ts';
import { consentPage, errorPage } from './consent-page.ts';
import { OAuthError, UnavailableError } from './errors.ts';
import {
  answerOAuthError,
  answerUnreadable,
  formOf,
  oauthEndpoint,
  onlyMethod,
  queryOf,
  readForm,
  readJson,
  refuseRepeated,
  valueOf,
} from './oauth-parameters.ts';
import type { KeyRing } from './signing-keys.ts';
import type { ThirdPartyConnection } from './third-party-connection.ts';
import { createThirdPartyRoute, type ThirdPartyRoute } from './third-party-route.ts';
import { createTokenEndpoint } from './token-endpoint.ts';
import type { World } from './world/world.ts';

/** Who can sign in here, and what each may do and so may let a client do. Alice is an administrator. */
const USERS = new Map([
  ['alice', ['weather:read', 'weather:write', 'weather:admin']],
  ['bob', ['weather:read', 'weather:write']],
]);
export const DEMO_USERS = [...USERS.keys()];

/** The same of users who sign in at a third party. */
const MAY_SIGN_IN_ELSEWHERE = ['weather:read', 'weather:write'];

type Outcome = { code: string } | { error: string; error_description?: string };

export function createAuthorizationServer(
  controls: SecurityControls,
  world: World,
  config: ServerConfig,
  keys: KeyRing,
  clients: ClientRegistry,
  thirdParty?: ThirdPartyConnection,
): Router {
  const router = express.Router();
  const grants = world.store
    ? controls.createSharedGrantStore(config, world.store) // 18
    : controls.createGrantStore(config); // 04
  const consent = controls.createConsentGuard(config); // 03
  const elsewhere = thirdParty && createThirdPartyRoute(thirdParty, consent, config); // 20

  async function findClient(clientId: string | undefined): Promise<RegisteredClient> {
    const known = clients.find(clientId ?? '');
    if (known) return known;
    if (clientId && /^https?:\/\//i.test(clientId)) {
      return controls.resolveClientDocument(clientId, world.web); // 02
    }
    throw new OAuthError('invalid_client', NOT_REGISTERED);
  }

  router.get('/jwks', (_request, response) => void response.json(keys.jwks()));

  router
    .route('/register')
    .post(
      readJson,
      oauthEndpoint((request, response) => {
        const client = controls.registerClient(request.body, config); // 02
        clients.add(client);
        response.status(201).set('cache-control', 'no-store').json(client);
      }),
    )
    .all(onlyMethod('POST'));
  router.use('/register', answerUnreadable(answerOAuthError, 'invalid_client_metadata'));

  // The page is meant for visitors from elsewhere, so that Origin says nothing; Host does: a name that
  // was moved here (DNS rebinding) would make a stranger's script one of the page's own.
  router.use('/authorize', (request, response, next) => {
    const url = `http://${request.get('host') ?? ''}`;
    const isOurs = URL.canParse(url) && config.allowedHosts.includes(new URL(url).hostname);
    if (isOurs) return next();
    response.status(421).set('cache-control', 'no-store').send(errorPage('This is not our name.'));
  });
  router
    .route('/authorize')
    .get((request, response) => authorize(queryOf(request), request, response))
    .post(readForm, (request, response) => authorize(formOf(request), request, response))
    .all(onlyMethod('GET, POST'));
  if (elsewhere) {
    router.get(new URL(elsewhere.redirectUri).pathname, (request, response) =>
      comeBack(elsewhere, request, response),
    );
  }
  router.use('/authorize', answerUnreadable(answerErrorPage, 'invalid_request'));

  async function authorize(parameters: URLSearchParams, request: Request, response: Response) {
    response.set('cache-control', 'no-store').set('referrer-policy', 'same-origin');
    let client: RegisteredClient;
    let redirectUri: string;
    try {
      refuseRepeated(parameters, ['client_id', 'redirect_uri']);
      client = await findClient(valueOf(parameters, 'client_id'));
      redirectUri = controls.matchRedirectUri(valueOf(parameters, 'redirect_uri'), client); // 03
    } catch (error) {
      // Until the redirect URI is known to be the client's, nothing may be sent to it.
      if (!(error instanceof OAuthError)) throw error;
      answerErrorPage(response, error);
      return;
    }
    const state = parameters.get('state') ?? undefined;
    await answerClient(response, redirectUri, state, async () => {
      refuseRepeated(parameters);
      const asked = controls.validateAuthorizationRequest(parameters, redirectUri, config); // 03
      if (elsewhere) return elsewhere.leadOn({ request, response, parameters, client, asked });
      const user = decide(request, parameters, client, asked, response);
      if (user === undefined) return undefined;
      return grantCode(user, USERS.get(user) ?? [], client, asked);
    });
  }

  /** The third party has sent a browser back: with the user, or without. */
  async function comeBack(route: ThirdPartyRoute, request: Request, response: Response) {
    response.set('cache-control', 'no-store').set('referrer-policy', 'same-origin');
    const parameters = queryOf(request);
    let wanted: WantedAccess;
    try {
      refuseRepeated(parameters);
      wanted = await route.resume(request, response, valueOf(parameters, 'state'));
    } catch (error) {
      // Until it is known what was asked for, and in this browser, there is no client to answer.
      if (!(error instanceof OAuthError)) throw error;
      answerErrorPage(response, error);
      return;
    }
    const { clientId, asked } = wanted;
    await answerClient(response, asked.redirectUri, asked.state, async () => {
      const user = await route.signIn(parameters, wanted);
      return grantCode(user, MAY_SIGN_IN_ELSEWHERE, await findClient(clientId), asked);
    });
  }

  /** Sends the browser to the client with what `work` gives or, as an `OAuthError`, throws. */
  async function answerClient(
    response: Response,
    redirectUri: string,
    state: string | undefined,
    work: () => Promise<Outcome | undefined>,
  ): Promise<void> {
    const goBack = (outcome: Outcome): void => {
      const answer = controls.buildAuthorizationResponse(outcome, state, config); // 03
      const separator = redirectUri.includes('?') ? '&' : '?';
      response.redirect(302, `${redirectUri}${separator}${new URLSearchParams(answer)}`);
    };
    try {
      const outcome = await work();
      if (outcome) goBack(outcome);
    } catch (error) {
      if (error instanceof UnavailableError) return goBack({ error: 'temporarily_unavailable' });
      if (!(error instanceof OAuthError)) throw error;
      goBack({ error: error.code, error_description: error.message });
    }
  }

  /** The user who agrees; undefined if the page that asks was sent instead. */
  function decide(
    request: Request,
    parameters: URLSearchParams,
    client: RegisteredClient,
    asked: AuthorizationRequest,
    response: Response,
  ): string | undefined {
    const setHeader = (name: string, value: string) => void response.set(name, value);
    if (request.method !== 'POST') {
      const user = consent.agreedBefore(request, client, asked); // 03
      if (user !== undefined) return user;
      const csrfField = consent.openForm(request, client, setHeader); // 03
      response.send(consentPage({ client, asked, parameters, csrfField, users: DEMO_USERS }));
      return undefined;
    }
    consent.checkForm(request, client, valueOf(parameters, 'csrf')); // 03
    const user = DEMO_USERS.find((name) => name === parameters.get('user'));
    if (parameters.get('decision') !== 'allow' || !user) {
      throw new OAuthError('access_denied', 'The user did not agree.');
    }
    consent.remember(user, client, asked, setHeader); // 03
    return user;
  }

  /** @param may what the user may do here. Nobody can give away more than they have. */
  async function grantCode(
    user: string,
    may: readonly string[],
    client: RegisteredClient,
    asked: AuthorizationRequest,
  ): Promise<Outcome> {
    clients.markUsed(client.client_id);
    // RFC 6749 §3.3 lets a server grant less.
    const scopes = asked.scopes.filter((scope) => may.includes(scope));
    if (scopes.length === 0 && asked.scopes.length > 0) {
      throw new OAuthError('invalid_scope', 'This user may do none of what is asked for.');
    }
    const code = await grants.issueCode({
      subject: user,
      clientId: client.client_id,
      redirectUri: asked.redirectUri,
      scopes,
      resource: asked.resource ?? config.resource,
      codeChallenge: asked.codeChallenge,
      codeChallengeMethod: asked.codeChallengeMethod,
      mayRefresh: [client.grant_types].flat().includes('refresh_token'),
    });
    return { code };
  }

  router.use(createTokenEndpoint(controls, config, keys, grants, clients));
  return router;
}

function answerErrorPage(response: Response, { code, message }: OAuthError): void {
  const advice = code === 'invalid_client' ? HOW_TO_REGISTER_AGAIN : undefined;
  response.status(400).set('cache-control', 'no-store').send(errorPage(message, advice));
}
