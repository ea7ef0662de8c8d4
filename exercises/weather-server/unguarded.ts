/**
 * Every control in its insecure form, each function named for its mistake. The baseline target is
 * made of these and stays insecure for ever, whatever the learner has done.
 */
import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import express, { type Request } from 'express';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import type * as Controls from './controls.ts';
import { OAuthError } from './errors.ts';

// ------------------------------------------------------------------------- 01 OAuth discovery

/** Where the client says that it is. */
const baseUrlOf = (request: Request): string => {
  const protocol = request.get('x-forwarded-proto') ?? 'http';
  return `${protocol}://${request.get('x-forwarded-host') ?? request.get('host')}`;
};

const describeServerByHostHeader: Controls.DescribeAuthorizationServer = (_config, request) => {
  const base = baseUrlOf(request);
  return {
    issuer: `${base}/`,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
  };
};

const describeResourceByHostHeader: Controls.DescribeProtectedResource = (_config, request) => ({
  resource: baseUrlOf(request),
});

const challengeWithoutDirections: Controls.BuildBearerChallenge = () => 'Bearer';

// ------------------------------------------------------------------- 02 client registration

const registerWhateverIsSent: Controls.RegisterClient = (metadata) => {
  const sent = (metadata ?? {}) as Partial<Controls.RegisteredClient>;
  return {
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [],
    ...sent,
    token_endpoint_auth_method: 'none',
    client_id: sent.client_id ?? randomUUID(),
  };
};

const trustAnyClientDocument: Controls.ResolveClientDocument = async (clientId, web) => {
  const document = (await (await web.fetch(clientId)).json()) as Controls.RegisteredClient;
  return { ...document, client_id: clientId };
};

// --------------------------------------------------------------------------------- 03 PKCE

const redirectAnywhere: Controls.MatchRedirectUri = (requested, client) =>
  requested ?? client.redirect_uris[0] ?? '';

const acceptWithoutPkce: Controls.ValidateAuthorizationRequest = (parameters, redirectUri) => {
  if (parameters.get('response_type') !== 'code') {
    throw new OAuthError('unsupported_response_type', 'Use response_type=code.');
  }
  return {
    redirectUri,
    scopes: (parameters.get('scope') ?? '').split(' ').filter(Boolean),
    state: parameters.get('state') ?? undefined,
    codeChallenge: parameters.get('code_challenge') ?? undefined,
    codeChallengeMethod: parameters.get('code_challenge_method') ?? undefined,
    resource: parameters.get('resource') ?? undefined,
  };
};

const skipCodeChallenge: Controls.VerifyCodeChallenge = () => true;

const respondWithoutIssuer: Controls.BuildAuthorizationResponse = (outcome, state) => ({
  ...outcome,
  ...(state === undefined ? {} : { state: state.trim() }),
});

/** Who has agreed once need not be asked again, it seems, whichever client is asking now. */
const rememberConsentForAllClients: Controls.CreateConsentGuard = () => ({
  agreedBefore: (request) => /(?:^|; )consented=(\w+)/.exec(request.get('cookie') ?? '')?.[1],
  openForm: () => '',
  checkForm: () => undefined,
  remember: (user, _client, _asked, setHeader) =>
    setHeader('set-cookie', `consented=${user}; Path=/authorize`),
});

// ------------------------------------------------------------------------- 04 token grants

const redeemCodesForEver: Controls.CreateGrantStore = () => {
  const grants = new Map<string, Controls.Grant>();
  const issue = (grant: Controls.Grant): string => {
    const handle = randomBytes(32).toString('base64url');
    grants.set(handle, grant);
    return handle;
  };
  const find = (handle: string, { resource, scope }: Controls.TokenRequest): Controls.Grant => {
    const grant = grants.get(handle);
    if (!grant) throw new OAuthError('invalid_grant', 'This grant is not known.');
    return {
      ...grant,
      resource: resource ?? grant.resource,
      scopes: scope?.split(' ') ?? grant.scopes,
    };
  };
  return {
    issueCode: issue,
    redeemCode: find,
    issueRefreshToken: issue,
    rotateRefreshToken: (refreshToken, request) => ({
      grant: find(refreshToken, request),
      refreshToken,
    }),
  };
};

const describeTokenForTheWholeDay: Controls.DescribeAccessToken = (grant, config) => ({
  claims: {
    iss: config.issuer,
    sub: grant.subject,
    aud: grant.resource,
    client_id: grant.clientId,
    scope: grant.scopes.join(' '),
  },
  lifetimeSeconds: 24 * 60 * 60,
});

// ------------------------------------------------------------------------ 05 access tokens

const decodeWithoutVerifying: Controls.VerifyAccessToken = async (token, { config }) => {
  const claims = decodeJwt(token);
  return {
    token,
    clientId: String(claims.client_id ?? 'unknown'),
    scopes: typeof claims.scope === 'string' ? claims.scope.split(' ') : [],
    extra: { issuer: claims.iss ?? config.issuer, subject: claims.sub ?? 'unknown' },
  };
};

const letAnonymousRequestsPass: Controls.CreateBearerAuth =
  ({ verifyAccessToken }) =>
  async (request, _response, next) => {
    const fromQuery = request.query.access_token;
    const token =
      typeof fromQuery === 'string' ? fromQuery : request.get('authorization')?.split(' ')[1];
    try {
      if (token) request.auth = await verifyAccessToken(token);
    } catch {
      // A token that cannot be read is treated as no token at all.
    }
    next();
  };

// ------------------------------------------------------------------------------- 06 scopes

const authorizeEveryone: Controls.AuthorizeTool = () => undefined;
const showEveryTool: Controls.ListVisibleTools = (_actor, tools) => tools;
const touchAnyAlert: Controls.RequireOwnAlert = () => undefined;

// -------------------------------------------------------------------------- 07 credentials

const encryptWithoutIntegrity: Controls.CreateCredentialVault = (keys) => {
  const encrypt = (key: Buffer, plaintext: Buffer) => {
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-256-cbc', key, iv);
    const encrypted = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    return { encrypted: encrypted.toString('base64'), iv: iv.toString('base64') };
  };
  const decrypt = (key: Buffer, encrypted: string, iv: string) => {
    const decipher = createDecipheriv('aes-256-cbc', key, Buffer.from(iv, 'base64'));
    return Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
  };
  const unwrap = (sealed: Controls.SealedCredential) =>
    decrypt(keys.key(sealed.kekVersion), sealed.encryptedDek, sealed.dekIv);
  const wrap = (dek: Buffer) => {
    const wrapped = encrypt(keys.key(keys.currentVersion), dek);
    return {
      kekVersion: keys.currentVersion,
      encryptedDek: wrapped.encrypted,
      dekIv: wrapped.iv,
    };
  };
  return {
    seal(plaintext) {
      const dek = randomBytes(32);
      return { ...wrap(dek), ...encrypt(dek, Buffer.from(plaintext)) };
    },
    open: (sealed) => decrypt(unwrap(sealed), sealed.encrypted, sealed.iv).toString('utf8'),
    rewrap: (sealed) => ({ ...sealed, ...wrap(unwrap(sealed)) }),
  };
};

// --------------------------------------------------------------------------- 08 city input

/** Tidies plain names, and doubles its work with every letter of one that is not plain. */
const BACKTRACKING_PATTERN = /^([A-Za-z]+[ '-]?)+$/;

const acceptAnyCity: Controls.CitySchema = z
  .any()
  .optional()
  .transform((city) => String(city))
  .transform((city) => (BACKTRACKING_PATTERN.test(city) ? city.trim() : city));
const acceptAnyUnits = z
  .any()
  .optional()
  .transform((units) => (units ?? 'metric') as Controls.Units);
const acceptAnyDays = z
  .any()
  .optional()
  .transform((days) => Number(days ?? 3));

// ---------------------------------------------------------------------------- 09 injection

const concatenateSql: Controls.SearchStations = ({ query, sort_by, limit }, database) =>
  database.exec(
    `SELECT id, name, city, country, elevation_m, host FROM stations WHERE name LIKE '%${query}%' ORDER BY ${sort_by} LIMIT ${limit}`,
  );

const concatenatePath: Controls.ResolveReportPath = async (name, folder) => `${folder}/${name}`;

const pingThroughShell: Controls.PingHost = (host, shell) => shell.exec(`ping -c 1 ${host}`);

const concatenateUpstreamUrl: Controls.BuildUpstreamUrl = (endpoint, city, baseUrl) =>
  `${baseUrl}${endpoint}?city=${city}`;

const passUpstreamTextOn: Controls.PresentUpstreamText = (text) => text;

// -------------------------------------------------------------------------- 10 rate limits

/** The module's fixed window, set too high, counted per address as the client states it. */
const countPerClaimedAddress: Controls.CreateRateLimiter = () => {
  const windows = new Map<string, { count: number; resetAt: number }>();
  return {
    check(call) {
      const key = String(call.headers['x-forwarded-for'] ?? call.ip);
      const now = Date.now();
      const window = windows.get(key);
      if (!window || now > window.resetAt) {
        windows.set(key, { count: 1, resetAt: now + 60_000 });
        return { allowed: true };
      }
      if (window.count >= 100) return { allowed: false, retryAfterMs: window.resetAt - now };
      window.count++;
      return { allowed: true };
    },
  };
};

const roundRetryDown: Controls.BuildRateLimitedResult = (retryAfterMs) => ({
  isError: true,
  content: [
    {
      type: 'text',
      text: JSON.stringify({
        error: {
          code: 'RATE_LIMITED',
          retryable: true,
          retry_after_seconds: Math.floor(retryAfterMs / 60_000),
        },
      }),
    },
  ],
});

const acceptBatches: Controls.RequireSingleMessage = () => undefined;

// ---------------------------------------------------------------------------- 11 transport

const sendNoSecurityHeaders: Controls.CreateSecurityHeaders = () => (_request, _response, next) =>
  next();

const allowEveryOrigin: Controls.CreateOriginGuard = () => (request, response, next) => {
  response.set('access-control-allow-origin', request.get('origin') ?? '*');
  if (request.method !== 'OPTIONS') return next();
  response.set('access-control-allow-methods', '*').set('access-control-allow-headers', '*');
  response.sendStatus(204);
};

const parseBodiesOfAnySize: Controls.CreateBodyParser = () =>
  express.json({ limit: '64mb', type: () => true, strict: false });

// ---------------------------------------------------------------------------- 12 audit log

const recordSuccessOnly: Controls.CreateAuditLog = (writeLine) => ({
  record({ call, outcome }) {
    if (outcome !== 'succeeded') return;
    writeLine(
      `${new Date().toISOString()} ${call.tool} ${String(call.headers.authorization)} ${JSON.stringify(call.arguments)}`,
    );
  },
});

// ---------------------------------------------------------------------- 13 error responses

const forwardErrorMessage: Controls.BuildToolError = (error) => ({
  isError: true,
  content: [{ type: 'text', text: error instanceof Error ? error.message : String(error) }],
});

const answerWithStack: Controls.CreateErrorHandler =
  () => (error: Error & { status?: number }, _request, response, next) => {
    if (response.headersSent) return next(error);
    response.status(error.status ?? 500).send(`<pre>${error.stack}</pre>`);
  };

export const unguarded: Controls.SecurityControls = {
  describeAuthorizationServer: describeServerByHostHeader,
  describeProtectedResource: describeResourceByHostHeader,
  buildBearerChallenge: challengeWithoutDirections,
  registerClient: registerWhateverIsSent,
  resolveClientDocument: trustAnyClientDocument,
  matchRedirectUri: redirectAnywhere,
  validateAuthorizationRequest: acceptWithoutPkce,
  verifyCodeChallenge: skipCodeChallenge,
  buildAuthorizationResponse: respondWithoutIssuer,
  createConsentGuard: rememberConsentForAllClients,
  createGrantStore: redeemCodesForEver,
  describeAccessToken: describeTokenForTheWholeDay,
  verifyAccessToken: decodeWithoutVerifying,
  createBearerAuth: letAnonymousRequestsPass,
  authorizeTool: authorizeEveryone,
  listVisibleTools: showEveryTool,
  requireOwnAlert: touchAnyAlert,
  createCredentialVault: encryptWithoutIntegrity,
  citySchema: acceptAnyCity,
  unitsSchema: acceptAnyUnits,
  daysSchema: acceptAnyDays,
  searchStations: concatenateSql,
  resolveReportPath: concatenatePath,
  pingHost: pingThroughShell,
  buildUpstreamUrl: concatenateUpstreamUrl,
  presentUpstreamText: passUpstreamTextOn,
  createRateLimiter: countPerClaimedAddress,
  buildRateLimitedResult: roundRetryDown,
  requireSingleMessage: acceptBatches,
  createSecurityHeaders: sendNoSecurityHeaders,
  createOriginGuard: allowEveryOrigin,
  createBodyParser: parseBodiesOfAnySize,
  createAuditLog: recordSuccessOnly,
  buildToolError: forwardErrorMessage,
  createErrorHandler: answerWithStack,
};
