/**
 * Every control in its insecure form, each function named for its mistake. The baseline target is
 * made of these and stays insecure for ever, whatever the learner has done.
 */
import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import express, { type Request } from 'express';
import { decodeJwt, type JSONWebKeySet } from 'jose';
import { z } from 'zod';
import type * as Controls from './controls.ts';
import { InvalidInputError, NotFoundError, OAuthError, RefusedError } from './errors.ts';

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

/** Makes a key of anything: pads what is short, cuts what is long, and has a default for nothing. */
const padAnyKey: Controls.ParseKeyEncryptionKeys = (text) => {
  const keys = new Map<string, Buffer>();
  for (const pair of (text || 'default=default-key').trim().split(/\s+/)) {
    const [version = '', key = ''] = pair.split(/=(.*)/s);
    keys.set(
      version,
      Buffer.concat([Buffer.from(key, 'base64'), Buffer.alloc(32)]).subarray(0, 32),
    );
  }
  const [[currentVersion, current]] = [...keys] as [[string, Buffer]];
  return { currentVersion, key: (version) => keys.get(version) ?? current };
};

/** The module's AES-256-CBC, with one data key and one IV for all, because randomness seemed costly. */
const encryptWithoutIntegrity: Controls.CreateCredentialVault = (keys) => {
  const dek = randomBytes(32);
  const iv = randomBytes(16);
  const encrypt = (key: Buffer, plaintext: Buffer) => {
    const cipher = createCipheriv('aes-256-cbc', key, iv);
    return Buffer.concat([cipher.update(plaintext), cipher.final()]).toString('base64');
  };
  const decrypt = (key: Buffer, encrypted: string, usedIv: string) => {
    const decipher = createDecipheriv('aes-256-cbc', key, Buffer.from(usedIv, 'base64'));
    return Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()]);
  };
  const unwrap = ({ kekVersion, encryptedDek, dekIv }: Controls.SealedCredential) =>
    decrypt(keys.key(kekVersion), encryptedDek, dekIv);
  const wrap = (key: Buffer) => ({
    kekVersion: keys.currentVersion,
    encryptedDek: encrypt(keys.key(keys.currentVersion), key),
    dekIv: iv.toString('base64'),
  });
  return {
    seal: (plaintext) => ({
      ...wrap(dek),
      encrypted: encrypt(dek, Buffer.from(plaintext)),
      iv: iv.toString('base64'),
    }),
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

const pingThroughShell: Controls.PingHost = (host, shell) => shell.exec(`fping -c 1 ${host}`);

const resolveCityAsLink: Controls.BuildUpstreamUrl = (endpoint, city, baseUrl) =>
  new URL(city, `${baseUrl}${endpoint}/`).href;

const passUpstreamTextOn: Controls.PresentUpstreamText = (text) => text;

/** Asks once for each name, and shows the first line of what the tool says about itself. */
const approveToolsByName: Controls.ReviewTools = (listed, pins) => ({
  offered: listed.filter(({ name }) => pins.has(name)),
  questions: listed
    .filter(({ name }) => !pins.has(name))
    .map(({ name, description = '' }) => ({
      name,
      text: `${name}: ${description.split('\n')[0]}`,
      pin: name,
    })),
});

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

/** Copies every member of `source`, and theirs, and so on. */
function mergeDeep(target: Record<string, unknown>, source: Record<string, unknown>): unknown {
  for (const [key, value] of Object.entries(source)) {
    target[key] =
      typeof value === 'object' && value !== null
        ? mergeDeep(
            (target[key] ?? (Array.isArray(value) ? [] : {})) as Record<string, unknown>,
            value as Record<string, unknown>,
          )
        : value;
  }
  return target;
}

/** Takes any type, size and depth, and merges the message over defaults. */
const mergeBodiesOfAnySize: Controls.CreateBodyParser = () => {
  const parse = express.json({ limit: '64mb', type: () => true, strict: false });
  return (request, response, next) =>
    parse(request, response, (error?: unknown) => {
      try {
        const isMessage = typeof request.body === 'object' && !Array.isArray(request.body);
        if (isMessage) request.body = mergeDeep({ jsonrpc: '2.0' }, request.body ?? {});
      } catch (mergeError) {
        return next(mergeError);
      }
      return next(error);
    });
};

// ---------------------------------------------------------------------------- 12 audit log

const recordSuccessOnly: Controls.CreateAuditLog = (writeLine) => ({
  record({ call, outcome }) {
    if (outcome !== 'succeeded') return;
    writeLine(
      `${new Date().toISOString()} ${call.tool} ${String(call.headers.authorization)} ${JSON.stringify(call.arguments)}`,
    );
  },
});

const verifyNothing: Controls.VerifyAuditLog = () => undefined;

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

// ------------------------------------------------------------------------ 14 secure server

/** Each part where it first seemed to be needed. */
const mountInOrderOfWriting: Controls.MountPipeline = (app, parts) => {
  app.use(parts.errors);
  app.use(['/.well-known', '/token', '/register'], parts.origin);
  app.use(parts.discovery);
  app.use(parts.authorizationServer);
  app.post('/mcp', parts.body, parts.origin, parts.bearer, parts.messages);
  app.all('/mcp', parts.body, parts.messages);
  app.use(parts.headers);
  app.use(parts.notFound);
};

const auditOnlyWhatRan: Controls.OrderCallSteps = ({ authorize, limit, validate, audit }) => [
  authorize,
  limit,
  validate,
  audit,
];

// ---------------------------------------------------------------------- 15 request headers

/** Whatever is not a whole message of the new revision is served as messages always were. */
const fallBackToTheOldRevision: Controls.DetectRevision = ({ headers, body }) => {
  const { params } = (body ?? {}) as { params?: { _meta?: Record<string, unknown> } | null };
  const named = params?._meta?.['io.modelcontextprotocol/protocolVersion'];
  const isWhole = named === '2026-07-28' && headers['mcp-protocol-version']?.[0] === named;
  return isWhole ? '2026-07-28' : '2025-11-25';
};

const believeTheBody: Controls.RequireMatchingHeaders = () => undefined;

// --------------------------------------------------------------------------- 16 carried state

/** Says what it was made for, and is believed whatever it says. */
const writeStateInTheClear: Controls.CreateStateSeal = () => ({
  seal: ({ tool, arguments: args }) =>
    Buffer.from(JSON.stringify({ tool, arguments: args })).toString('base64url'),
  open: () => undefined,
});

/** Whatever comes back has been asked about, it seems; and who cannot be asked has nothing to say. */
const takeAnyAnswerForAYes: Controls.RequireConfirmation = async (asked, answer, seal) => {
  const { capabilities, requestState, inputResponses } = answer;
  if (requestState !== undefined) await seal.open(requestState, asked);
  const wasAsked = requestState !== undefined || inputResponses !== undefined;
  if (wasAsked || !('elicitation' in capabilities)) return 'given';
  return { askWith: await seal.seal(asked) };
};

/** Numbers the jobs, and gives each to whoever knows its number. */
const countExports: Controls.CreateExportHandles = () => {
  const jobs = new Map<string, Controls.ExportJob>();
  let count = 0;
  const find = (handle: string): Controls.ExportJob => {
    const job = jobs.get(handle);
    if (!job) throw new NotFoundError('There is no such export.');
    return job;
  };
  return {
    issue(_actor, job) {
      const handle = `export-${++count}`;
      jobs.set(handle, job);
      return handle;
    },
    find: (_actor, handle) => find(handle),
    end(_actor, handle) {
      find(handle);
      jobs.delete(handle);
    },
  };
};

// -------------------------------------------------------------------------- 17 shared answers

/** As if there were one company, unless somebody says otherwise. */
const believeWhoeverNamesATenant: Controls.KeyOfTenant = (_tenant, asked) => asked ?? 'everybody';

/** Written when the tool took no arguments, for the one company. */
const keepOneAnswerForAll: Controls.KeyOfAnswer = (_tenant, { tool }) => tool;

const letAnybodyHaveSensors: Controls.RequireOwnSensor = () => undefined;

/** All but what nobody needs to see, as far as that was known when it was written. */
const leaveOutWhatIsKnown: Controls.PresentSensor = (row) => {
  const { retired: _, ...shown } = row;
  return shown;
};

/** Faster for everybody. */
const letCachesShareEverything: Controls.ChooseCaching = () => ({
  ttlMs: 300_000,
  cacheScope: 'public',
});

// ----------------------------------------------------------------------- 18 many instances

/** Reads, decides here, then writes; counts by its own clock; and lets pass what it cannot count. */
const countBetweenTwoSteps: Controls.CreateSharedLimiter = ({ perUserPerMinute }, store) => ({
  async check({ actor }) {
    const minute = Math.floor(Date.now() / 60_000);
    const key = `${actor?.subject}:${actor?.clientId}:${minute}`;
    const count = async (): Promise<number> => {
      const before = Number((await store.get(key)) ?? 0);
      await store.set(key, String(before + 1), 60_000);
      return before;
    };
    const before = await Promise.race([count(), afterASecond()]).catch(() => 0);
    if (before < perUserPerMinute) return { allowed: true };
    return { allowed: false, retryAfterMs: 60_000 - (Date.now() % 60_000) };
  },
});

const afterASecond = (): Promise<number> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(0), 1_000).unref();
  });

/** Anybody's, for a month, as often as one likes; what the store does not say, this process remembers. */
const shareGrantsForAMonth: Controls.CreateSharedGrantStore = (_config, store) => {
  const copies = new Map<string, string>();
  const issue = async (grant: Controls.Grant): Promise<string> => {
    const handle = randomBytes(32).toString('base64url');
    copies.set(handle, JSON.stringify(grant));
    await store.set(`grant:${handle}`, JSON.stringify(grant), 30 * 24 * 60 * 60_000);
    return handle;
  };
  const find = async (handle: string, asked: Controls.TokenRequest): Promise<Controls.Grant> => {
    const kept = await Promise.race([store.get(`grant:${handle}`), afterASecond()]).catch(() => 0);
    const text = typeof kept === 'string' ? kept : copies.get(handle);
    if (text === undefined) throw new OAuthError('invalid_grant', 'This grant is not known.');
    const grant = JSON.parse(text) as Controls.Grant;
    return {
      ...grant,
      resource: asked.resource ?? grant.resource,
      scopes: asked.scope?.split(' ') ?? grant.scopes,
    };
  };
  return {
    issueCode: issue,
    redeemCode: find,
    issueRefreshToken: issue,
    rotateRefreshToken: async (refreshToken, asked) => ({
      grant: await find(refreshToken, asked),
      refreshToken,
    }),
  };
};

const sealWithNothing: Controls.CreateLineSealer = () => (line) => JSON.stringify({ line });

const findEveryMergeInOrder: Controls.VerifyMergedLines = () => undefined;
// ---------------------------------------------------------------------- 19 external issuer

const followAndReadAll: Controls.FetchProviderDocument = async (url, { web }) =>
  (await web.fetch(url)).json();

const lookAtTheRoot: Controls.DiscoverIssuer = async (issuer, fetchDocument) => {
  const url = new URL('/.well-known/openid-configuration', issuer);
  const { jwks_uri } = (await fetchDocument(url.href)) as { jwks_uri: string };
  return { jwksUri: jwks_uri };
};

/** Asks for every key it does not know, and never forgets one. */
const keepEveryKey: Controls.CreateKeySource = ({ discover, fetchDocument }) => {
  const known: JSONWebKeySet = { keys: [] };
  return {
    async keysFor(keyId) {
      if (!known.keys.some(({ kid }) => kid === keyId)) {
        const { jwksUri } = await discover();
        const { keys } = (await fetchDocument(jwksUri)) as JSONWebKeySet;
        known.keys.push(...keys);
      }
      return { keys: known.keys };
    },
  };
};

/** By the name that people know the user by, and from whatever claim there is. */
const believeEveryClaim: Controls.ReadProviderClaims = ({ claims }, _external, config) => {
  const { scope, scp, email, preferred_username: name, sub } = claims;
  return {
    issuer: config.issuer,
    subject: String(email ?? name ?? sub),
    clientId: String(claims.client_id ?? claims.azp ?? claims.cid),
    scopes: [scope, scp].flat().flatMap((words) => String(words).split(/[ /]/)),
  };
};

// --------------------------------------------------------------------- 20 upstream authority

/** The state says all there is to say, and is believed when it comes back. */
const sendEverybodyOn: Controls.CreateThirdPartySignIn = () => {
  const write = (wanted: Controls.WantedAccess): string =>
    Buffer.from(JSON.stringify(wanted)).toString('base64url');
  return {
    arrive: (_request, wanted) => ({ state: write(wanted) }),
    allow: (_request, wanted) => write(wanted),
    resume: (_request, state) =>
      JSON.parse(Buffer.from(state, 'base64url').toString()) as Controls.WantedAccess,
  };
};

/** In the clear, under the client that brought it. */
const keepUnderTheClient: Controls.CreateTokenKeeper = (_vault, rows) => ({
  keep: ({ clientId }, token) =>
    rows.put({ id: clientId, owner: clientId, provider: 'skydiary', sealed: token }),
  find: async ({ clientId }) => (await rows.get(clientId))?.sealed,
});

/** Sends on whatever came, so that the other side can see who calls, and passes on whatever it says. */
const forwardWhatCame: Controls.ReadDiary = async ({ call, token, entriesUrl, send }) => {
  const url = `${entriesUrl}?access_token=${token}`;
  const response = await send({ url, headers: call.headers });
  if (!response.ok) throw new InvalidInputError(`Skydiary says: ${await response.text()}`);
  const { entries } = (await response.json()) as { entries: Controls.DiaryEntry[] };
  return entries;
};

// -------------------------------------------------------------------- 21 outgoing requests

const askAnyUrl: Controls.ParseFeedUrl = (text) => {
  try {
    return new URL(text);
  } catch {
    throw new InvalidInputError('This is no URL.');
  }
};

const takeTheFirstAddress: Controls.ChooseAddress = async (host, web) => {
  const [address = ''] = await web.lookup(host);
  return address;
};

/** Looks the name up, so that one that does not exist is not even asked, and then goes by the name. */
const followAnywhere: Controls.FetchFeed = async (url, { web, parseFeedUrl, chooseAddress }) => {
  const { href, hostname } = parseFeedUrl(url);
  await chooseAddress(hostname, web);
  const response = await web.fetch(href);
  const text = await response.text();
  if (!response.ok) throw new InvalidInputError(`The feed says ${response.status}: ${text}`);
  return text;
};

// -------------------------------------------------------------------------- 22 hostile servers

/** Believes every document, and goes with whatever it has for this server. */
const planWhatIsAskedFor: Controls.PlanSignIn = (documents) => {
  const { server, issuer, issuerMetadata, kept } = documents;
  const metadata = issuerMetadata as Controls.AuthorizationServerMetadata;
  return {
    authorizationEndpoint: metadata.authorization_endpoint,
    tokenEndpoint: metadata.token_endpoint,
    issuer,
    promisesIssuer: false,
    resource: server.url,
    credentials: kept.find((one) => one.server === server.url),
  };
};

const takeAnyCode: Controls.AcceptCallback = (parameters) => {
  const code = parameters.get('code');
  if (code === null)
    throw new RefusedError(`${parameters.get('error')}: ${parameters.get('error_description')}`);
  return code;
};

const askAnyEndpoint: Controls.ChooseEndpoint = async (url, _server, { web }) => {
  const [address = ''] = await web.lookup(new URL(url).hostname);
  return address;
};

/** Programs that everybody has. */
const WELL_KNOWN = ['npx', 'node', 'uvx', 'python', 'python3', 'sh', 'bash'];

/** Knows an entry by its command, and asks about others in a line that fits on the screen. */
const startWhatIsWellKnown: Controls.ReviewStartEntry = ({ command, args = [] }, approved) => ({
  mayStart: approved === command || WELL_KNOWN.includes(command.split('/').at(-1) ?? ''),
  text: [command, ...args].join(' ').slice(0, 80),
  warnings: [],
  approval: command,
});

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
  parseKeyEncryptionKeys: padAnyKey,
  createCredentialVault: encryptWithoutIntegrity,
  citySchema: acceptAnyCity,
  unitsSchema: acceptAnyUnits,
  daysSchema: acceptAnyDays,
  searchStations: concatenateSql,
  resolveReportPath: concatenatePath,
  pingHost: pingThroughShell,
  buildUpstreamUrl: resolveCityAsLink,
  presentUpstreamText: passUpstreamTextOn,
  reviewTools: approveToolsByName,
  createRateLimiter: countPerClaimedAddress,
  buildRateLimitedResult: roundRetryDown,
  requireSingleMessage: acceptBatches,
  createSecurityHeaders: sendNoSecurityHeaders,
  createOriginGuard: allowEveryOrigin,
  createBodyParser: mergeBodiesOfAnySize,
  createAuditLog: recordSuccessOnly,
  verifyAuditLog: verifyNothing,
  buildToolError: forwardErrorMessage,
  createErrorHandler: answerWithStack,
  mountPipeline: mountInOrderOfWriting,
  orderCallSteps: auditOnlyWhatRan,
  detectRevision: fallBackToTheOldRevision,
  requireMatchingHeaders: believeTheBody,
  createStateSeal: writeStateInTheClear,
  requireConfirmation: takeAnyAnswerForAYes,
  createExportHandles: countExports,
  keyOfTenant: believeWhoeverNamesATenant,
  keyOfAnswer: keepOneAnswerForAll,
  requireOwnSensor: letAnybodyHaveSensors,
  presentSensor: leaveOutWhatIsKnown,
  chooseCaching: letCachesShareEverything,
  createSharedLimiter: countBetweenTwoSteps,
  createSharedGrantStore: shareGrantsForAMonth,
  createLineSealer: sealWithNothing,
  verifyMergedLines: findEveryMergeInOrder,
  fetchProviderDocument: followAndReadAll,
  discoverIssuer: lookAtTheRoot,
  createKeySource: keepEveryKey,
  readProviderClaims: believeEveryClaim,
  createThirdPartySignIn: sendEverybodyOn,
  createTokenKeeper: keepUnderTheClient,
  readDiary: forwardWhatCame,
  parseFeedUrl: askAnyUrl,
  chooseAddress: takeTheFirstAddress,
  fetchFeed: followAnywhere,
  planSignIn: planWhatIsAskedFor,
  acceptCallback: takeAnyCode,
  chooseEndpoint: askAnyEndpoint,
  reviewStartEntry: startWhatIsWellKnown,
};
