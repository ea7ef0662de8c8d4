/**
 * The security controls of the weather server: one documented function type per decision, grouped
 * by the topic that teaches it. `server.ts` calls them in request order and never varies; a target
 * is insecure, yours or the reference only through the controls it is given.
 *
 * Read this file first. Every stub under `exercises/NN-slug/` implements types from here.
 */
import type {} from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js'; // request.auth
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { ErrorRequestHandler, Express, Request, RequestHandler } from 'express';
import type { IncomingHttpHeaders } from 'node:http';
import type { JSONWebKeySet, JWTHeaderParameters, JWTPayload } from 'jose';
import type { z } from 'zod';
import type { ProviderKind } from './provider-kinds.ts';
import type { Database, Row } from './world/database.ts';
import type { Files } from './world/files.ts';
import type { SharedStore } from './world/shared-store.ts';
import type { Shell, ShellResult } from './world/shell.ts';
import type { SentRequest } from './world/skydiary.ts';
import type { Web } from './world/web.ts';

export type { ProviderKind };

// ---------------------------------------------------------------- configuration and shared shapes

/** What the operator decided before the server started. Nothing in it comes from a request. */
export interface ServerConfig {
  /** Issuer identifier of the authorization server (RFC 8414 §2). Compared character by character. */
  issuer: string;
  /** Canonical URI of this MCP server: the audience its access tokens must name (RFC 8707 §2). */
  resource: string;
  /** Every scope this server knows, least privilege first; each includes the ones before it. */
  scopesSupported: string[];
  /** Origins of web pages that may call this server, exact. */
  allowedOrigins: string[];
  /** Host names under which this server may be addressed, without port. */
  allowedHosts: string[];
  /** Largest accepted request body, in bytes after decompression. */
  maxBodyBytes: number;
  limits: CallLimits;
  /** A provider of somebody else's whose tokens are taken as well (topic 19). */
  externalIssuer?: ExternalIssuer;
  /** Where users sign in, and where this server acts for them, as one client (topic 20). */
  thirdParty?: ThirdParty;
}

/** A third party, as it knows this server: one client, with one address to come back to. */
export interface ThirdParty {
  authorizationEndpoint: string;
  tokenEndpoint: string;
  /** The API that gives a user's diary; as an audience it is called the same. */
  entriesUrl: string;
  clientId: string;
  redirectUri: string;
  /** Of the token that this server gets for a user. */
  scopes: string[];
}

/** An identity provider that somebody else runs, as the operator of this server wrote it down. */
export interface ExternalIssuer {
  /** As its tokens spell it in `iss`, with or without a slash at its end. */
  issuer: string;
  kind: ProviderKind;
  /** What its tokens call this server in `aud`: `config.resource`, or a name that it gave. */
  audience: string;
}

/** A company whose people use this server, as its issuer names it. Another issuer may use the name too. */
export interface Tenant {
  issuer: string;
  id: string;
}

/** Who is calling, as far as it was verified. A request without a verified token has no actor. */
export interface Actor {
  issuer: string;
  subject: string;
  clientId: string;
  scopes: string[];
  /** For whom the subject is calling; absent if the token names no tenant. */
  tenant?: Tenant;
}

/** One `tools/call`, before anything about it is trusted except `actor`. */
export interface ToolCall {
  /** Names the HTTP request; several calls share it if they arrived in one batch. */
  requestId: string;
  tool: string;
  /** As sent: any JSON value. */
  arguments: unknown;
  /** From the verified access token; `undefined` when the server let an anonymous request pass. */
  actor: Actor | undefined;
  /** The access token as it was spelled in the request. One token has many spellings. */
  token: string | undefined;
  /** Address of the TCP peer. */
  ip: string;
  /** Request headers as sent: every one of them is the client's own text. */
  headers: IncomingHttpHeaders;
}

/** A tool as the authorization and listing controls see it. */
export interface ToolFacts {
  name: string;
  /** The scope a caller needs. */
  scope: string;
}

// ------------------------------------------------------------------------- 01 OAuth discovery

/** RFC 8414 §2, with RFC 9207 §3 and the members MCP 2025-11-25 asks for. Names as on the wire. */
export interface AuthorizationServerMetadata {
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
  registration_endpoint?: string;
  jwks_uri?: string;
  scopes_supported?: string[];
  response_types_supported: string[];
  grant_types_supported?: string[];
  code_challenge_methods_supported?: string[];
  token_endpoint_auth_methods_supported?: string[];
  authorization_response_iss_parameter_supported?: boolean;
  client_id_metadata_document_supported?: boolean;
}

/** RFC 9728 §2. Names as on the wire. */
export interface ProtectedResourceMetadata {
  resource: string;
  authorization_servers?: string[];
  scopes_supported?: string[];
  bearer_methods_supported?: string[];
  resource_name?: string;
}

/** Why a request is refused, for the `WWW-Authenticate` header (RFC 6750 §3). */
export interface ChallengeReason {
  /** Absent when the request carried no credentials at all (RFC 6750 §3.1). */
  error?: 'invalid_request' | 'invalid_token' | 'insufficient_scope' | undefined;
  description?: string;
  /** Scopes that would have been enough. */
  scopes?: string[];
}

/** Answers `GET /.well-known/oauth-authorization-server` (RFC 8414 §3). */
export type DescribeAuthorizationServer = (
  config: ServerConfig,
  request: Request,
) => AuthorizationServerMetadata;

/** Answers `GET /.well-known/oauth-protected-resource` and `…/mcp` (RFC 9728 §3). */
export type DescribeProtectedResource = (
  config: ServerConfig,
  request: Request,
) => ProtectedResourceMetadata;

/** Builds the value of `WWW-Authenticate` for a 401 or 403 (RFC 6750 §3, RFC 9728 §5.1). */
export type BuildBearerChallenge = (
  reason: ChallengeReason,
  config: ServerConfig,
  request: Request,
) => string;

// ------------------------------------------------------------------- 02 client registration

/** A client as it is registered: public, so without a secret. Names as on the wire (RFC 7591 §2). */
export interface RegisteredClient {
  client_id: string;
  /** Shown to the user on the consent page. */
  client_name?: string | undefined;
  redirect_uris: string[];
  grant_types: string[];
  response_types: string[];
  token_endpoint_auth_method: 'none';
}

/**
 * Decides what of a registration request is registered, under a new `client_id`; the answer repeats
 * it (RFC 7591 §3.2.1). Throws `OAuthError` with `invalid_redirect_uri` or
 * `invalid_client_metadata` (§3.2.2). `metadata` is the parsed JSON body, any JSON value, or
 * undefined for a body that is not JSON.
 */
export type RegisterClient = (metadata: unknown, config: ServerConfig) => RegisteredClient;

/**
 * Fetches the document behind a `client_id` that is a URL, and turns it into a client (Client ID
 * Metadata Documents, MCP 2025-11-25). Throws `OAuthError('invalid_client')` for one that must not
 * be fetched or used. The URL is a stranger's: fetching it is what an attacker wants.
 */
export type ResolveClientDocument = (clientId: string, web: Web) => Promise<RegisteredClient>;

// --------------------------------------------------------------------------------- 03 PKCE

/** What the authorization endpoint remembers of an acceptable request. */
export interface AuthorizationRequest {
  redirectUri: string;
  scopes: string[];
  state: string | undefined;
  codeChallenge: string | undefined;
  codeChallengeMethod: string | undefined;
  resource: string | undefined;
}

/**
 * Picks the redirect URI of an authorization request, or throws: whatever it throws is shown on the
 * server's own page and never redirected (RFC 6749 §4.1.2.1).
 */
export type MatchRedirectUri = (requested: string | undefined, client: RegisteredClient) => string;

/** Validates the rest of the request; an `OAuthError` thrown here goes to the redirect URI. */
export type ValidateAuthorizationRequest = (
  parameters: URLSearchParams,
  redirectUri: string,
  config: ServerConfig,
) => AuthorizationRequest;

/** Whether `verifier` proves possession of what `challenge` was made from (RFC 7636 §4.6). */
export type VerifyCodeChallenge = (
  verifier: string | undefined,
  challenge: string | undefined,
  method: string | undefined,
) => boolean;

/** Parameters of the redirect back to the client: `code` or `error`, `state`, `iss` (RFC 9207). */
export type BuildAuthorizationResponse = (
  outcome: { code: string } | { error: string; error_description?: string },
  state: string | undefined,
  config: ServerConfig,
) => Record<string, string>;

/**
 * Guards the consent page: a decision for each client, by the user, made on this very page (MCP,
 * Confused Deputy Problem).
 */
export interface ConsentGuard {
  /** The user who need not be asked again in this user agent; undefined: show the page. */
  agreedBefore(
    request: Request,
    client: RegisteredClient,
    asked: AuthorizationRequest,
  ): string | undefined;
  /** A value for a hidden field of the form, and headers of the page, cookies included. */
  openForm(
    request: Request,
    client: RegisteredClient,
    setHeader: (name: string, value: string) => void,
  ): string;
  /** Throws `OAuthError('access_denied')` for a form that did not come from our page. */
  checkForm(request: Request, client: RegisteredClient, field: string | undefined): void;
  /** Called once the user has agreed. */
  remember(
    user: string,
    client: RegisteredClient,
    asked: AuthorizationRequest,
    setHeader: (name: string, value: string) => void,
  ): void;
}
export type CreateConsentGuard = (config: ServerConfig) => ConsentGuard;

// ------------------------------------------------------------------------- 04 token grants

/** What a code or refresh token stands for. */
export interface Grant {
  subject: string;
  clientId: string;
  redirectUri: string;
  scopes: string[];
  resource: string;
  codeChallenge: string | undefined;
  codeChallengeMethod: string | undefined;
  /** Whether the client is one that uses refresh tokens; the server gives no others any. */
  mayRefresh: boolean;
}

/** What a client says at the token endpoint. Every text is its own. */
export interface TokenRequest {
  clientId: string | undefined;
  redirectUri: string | undefined;
  resource: string | undefined;
  /** Space-delimited; only with a refresh token (RFC 6749 §6). */
  scope: string | undefined;
  /**
   * Whether a code comes with the verifier of its grant. The server asks as well, after redemption;
   * a store may ask to tell the client that repeats itself from somebody who only has the code.
   */
  provesPossession(grant: Grant): boolean;
}

/**
 * Codes and refresh tokens, in memory. The store binds both to what they were issued for; whether
 * the code verifier fits is checked by the server, after the code was redeemed (topic 03).
 * Each method may throw `OAuthError` (RFC 6749 §5.2, RFC 8707 §2).
 */
export interface GrantStore {
  issueCode(grant: Grant): string;
  /** What `code` stands for. From then on it stands for nothing. */
  redeemCode(code: string, request: TokenRequest): Grant | Promise<Grant>;
  /** The first refresh token of a grant, given as `redeemCode` returned it. */
  issueRefreshToken(grant: Grant): string;
  /** A new refresh token for an old one, and the grant for the next access token. */
  rotateRefreshToken(
    refreshToken: string,
    request: TokenRequest,
  ): { grant: Grant; refreshToken: string } | Promise<{ grant: Grant; refreshToken: string }>;
}
export type CreateGrantStore = (config: ServerConfig) => GrantStore;

/**
 * Claims and lifetime of an access token for `grant` (RFC 9068 §2.2). The server adds `iat`, `exp`,
 * and `jti` if there is none, and signs with `typ: at+jwt`.
 */
export type DescribeAccessToken = (
  grant: Grant,
  config: ServerConfig,
) => { claims: JWTPayload; lifetimeSeconds: number };

// ------------------------------------------------------------------------ 05 access tokens

/** What the resource server may rely on when it verifies a token. */
export interface TokenVerificationContext {
  config: ServerConfig;
  /** The authorization server's public keys at this moment (RFC 7517 §5). Also served at `jwksUri`. */
  jwks: JSONWebKeySet;
  jwksUri: string;
}

/** The SDK's `AuthInfo`; a token that never expires may say so with an `undefined`. */
export type VerifiedToken = Omit<AuthInfo, 'expiresAt'> & { expiresAt?: number | undefined };

/**
 * Decides whether `token` is an access token for this server, and what it says.
 * Fulfils with the SDK's `AuthInfo`, whose `extra` holds `issuer` and `subject`; rejects otherwise.
 */
export type VerifyAccessToken = (
  token: string,
  context: TokenVerificationContext,
) => Promise<VerifiedToken>;

/** Everything the bearer middleware needs; `verifyAccessToken` is already given its context. */
export interface BearerAuthContext {
  verifyAccessToken: (token: string) => Promise<AuthInfo>;
  /** The `WWW-Authenticate` value for a refusal (topic 01). */
  challenge: (reason: ChallengeReason, request: Request) => string;
  config: ServerConfig;
}

/**
 * Makes the middleware in front of every method of `/mcp`. It sets `request.auth` and calls
 * `next()`, or answers the request itself with a challenge (RFC 6750 §3.1).
 */
export type CreateBearerAuth = (context: BearerAuthContext) => RequestHandler;

// ------------------------------------------------------------------------------- 06 scopes

/** Throws `InsufficientScopeError` unless `actor` may call `tool`. */
export type AuthorizeTool = (
  actor: Actor | undefined,
  tool: ToolFacts,
  config: ServerConfig,
) => void;

/** The tools that `tools/list` shows to `actor`: those it may call. */
export type ListVisibleTools = <Tool extends ToolFacts>(
  actor: Actor | undefined,
  tools: readonly Tool[],
  config: ServerConfig,
) => readonly Tool[];

/** A saved alert. */
export interface AlertFacts {
  id: number;
  /** Who saved it. */
  owner: { issuer: string; subject: string };
}

/**
 * Decides whether `actor` may touch one alert; throws `NotFoundError` otherwise. `alert` is
 * undefined if there is none of that id: nobody may learn which of the two it was.
 */
export type RequireOwnAlert = (actor: Actor | undefined, alert: AlertFacts | undefined) => void;

// -------------------------------------------------------------------------- 07 credentials

/** Gives key encryption keys (KEK) by version. A secret manager fits behind it. */
export interface KeyProvider {
  /** The version to encrypt under now. */
  currentVersion: string;
  /** The 32-byte key of a version; throws for an unknown one. */
  key(version: string): Buffer;
}

/**
 * Reads the key encryption keys when the server starts: `version=key` pairs with blanks or line ends
 * between them, the current one first, each key 32 random bytes in base64. `text` is the value of
 * `WEATHER_KEKS`, or of the file that `WEATHER_KEKS_FILE` names; undefined if neither is set. Throws
 * for anything that is not such keys; the server then does not start. The message goes to a log, so
 * that no part of a key may be in it.
 */
export type ParseKeyEncryptionKeys = (text: string | undefined) => KeyProvider;

/** Whose credential a record is; the record must not be readable as anybody else's. */
export interface CredentialIdentity {
  recordId: string;
  owner: string;
  provider: string;
}

/**
 * A sealed credential, safe to store next to other people's: the credential under a data encryption
 * key (DEK), and that key under a KEK. All members are base64 but `kekVersion`.
 */
export interface SealedCredential {
  kekVersion: string;
  encryptedDek: string;
  dekIv: string;
  dekTag?: string;
  encrypted: string;
  iv: string;
  tag?: string;
}

export interface CredentialVault {
  seal(plaintext: string, identity: CredentialIdentity): SealedCredential;
  /** Throws if any part of the record, or its identity, is not as it was sealed. */
  open(sealed: SealedCredential, identity: CredentialIdentity): string;
  /**
   * Wraps the same data encryption key under the current version; the ciphertext stays. Throws as
   * `open` does: a rotation must not carry a damaged record on.
   */
  rewrap(sealed: SealedCredential, identity: CredentialIdentity): SealedCredential;
}
export type CreateCredentialVault = (keys: KeyProvider) => CredentialVault;

// --------------------------------------------------------------------------- 08 city input

export type Units = 'metric' | 'imperial';

/** Zod schemas of the weather tools' arguments. Their output is what the tool works with. */
export type CitySchema = z.ZodType<string>;
export type UnitsSchema = z.ZodType<Units>;
export type DaysSchema = z.ZodType<number>;

// ---------------------------------------------------------------------------- 09 injection

export interface StationQuery {
  query: string;
  sort_by: string;
  limit: number | string;
}
/**
 * Stations whose name contains `query`, taken literally, in the order of a column that may be sorted
 * by (name, city, country, elevation_m); `limit` rows at most, and never more than 100. Throws
 * `InvalidInputError`. Every member of `input` is the caller's own.
 */
export type SearchStations = (input: StationQuery, database: Database) => Promise<Row[]>;

/**
 * The path of a report in the served folder. Throws `NotFoundError` for anything outside it and for
 * what is not there, without saying which.
 */
export type ResolveReportPath = (name: string, folder: string, files: Files) => Promise<string>;

/** Asks one host, by name or address, with `fping -c 1`. Throws `InvalidInputError`. */
export type PingHost = (host: string, shell: Shell) => Promise<ShellResult>;

/**
 * The URL of a city's weather: `{baseUrl}{endpoint}/{city}`, the city being one segment of the path.
 * The API key is sent there.
 */
export type BuildUpstreamUrl = (
  endpoint: 'current' | 'forecast',
  city: string,
  baseUrl: string,
) => string;

/** Text for a model: a plain string counts as the server's own words. */
export type PresentedText =
  | string
  | {
      /** Says that nobody vouches for the text: it is data, whatever it asks for. */
      untrusted: true;
      text: string;
    };

/**
 * Makes text from outside fit to be shown to a model: `maxCharacters` at most, without characters
 * that people cannot see, and marked as untrusted.
 */
export type PresentUpstreamText = (text: string, maxCharacters: number) => PresentedText;

/** A tool as some MCP server lists it. Every text in it is that server's own. */
export interface ListedTool {
  name: string;
  title?: string;
  description?: string;
  inputSchema: unknown;
  [member: string]: unknown;
}

/** What an MCP client does with a list of tools before its model sees any of them. */
export interface ToolReview {
  /** Tools that the model may see: those approved as they are now. */
  offered: ListedTool[];
  /** Tools to ask the user about. A tool in neither list is refused. */
  questions: {
    name: string;
    /** What the user reads: all that the model would, with nothing in it that cannot be seen. */
    text: string;
    /** What to remember if the user agrees. */
    pin: string;
  }[];
}

/** The client's side of the model's trust. `pins` are those the user agreed to so far. */
export type ReviewTools = (listed: ListedTool[], pins: ReadonlySet<string>) => ToolReview;

// -------------------------------------------------------------------------- 10 rate limits

export interface CallLimits {
  /** Calls a user may make in any minute, all tools together. */
  perUserPerMinute: number;
  /** Calls of one tool a user may make in any minute; a tool not named here has no limit of its own. */
  perToolPerMinute: Record<string, number>;
}

export type LimitDecision = { allowed: true } | { allowed: false; retryAfterMs: number };

/** Counts calls. One limiter serves a server for its whole life. */
export interface RateLimiter {
  /** Decides about one call and counts it; called once per `tools/call`, before validation. */
  check(call: ToolCall): LimitDecision | Promise<LimitDecision>;
}
export type CreateRateLimiter = (limits: CallLimits) => RateLimiter;

/** The tool result of a refused call: RATE_LIMITED, and when to try again. */
export type BuildRateLimitedResult = (retryAfterMs: number) => CallToolResult;

/** Throws `InvalidMessageError` for a body that is not one JSON-RPC message (MCP 2025-06-18). */
export type RequireSingleMessage = (body: unknown) => void;

// ---------------------------------------------------------------------------- 11 transport

/** Sets the security headers of every answer, refusals included. */
export type CreateSecurityHeaders = (config: ServerConfig) => RequestHandler;
/**
 * Refuses a request whose Origin or Host is not ours with 403, before anything else reads it, and
 * lets the pages of `allowedOrigins` in: answers their CORS preflights, and lets them read what they
 * need (`WWW-Authenticate`). A request without Origin does not come from a page.
 */
export type CreateOriginGuard = (config: ServerConfig) => RequestHandler;
/**
 * Reads a JSON body into `request.body`, bounded in size (after decompression) and depth. Passes an
 * error with a `status` on (400, 413, 415); the error handler answers it.
 */
export type CreateBodyParser = (config: ServerConfig) => RequestHandler;

// ---------------------------------------------------------------------------- 12 audit log

export type CallOutcome = 'succeeded' | 'failed' | 'refused';

export interface CallRecord {
  call: ToolCall;
  outcome: CallOutcome;
  /** Why it did not succeed: a code such as RATE_LIMITED, the name of an error, an HTTP status. */
  reason?: string;
}

export interface AuditLog {
  /** Writes one line for one attempted call. Called when it is over, however it ended. */
  record(entry: CallRecord): void;
  /**
   * Asked before each call: false if the log cannot take its line now, and the call is refused. A
   * log without this method lets calls run that leave no trace while the disk is full.
   */
  ready?(): boolean;
}
/**
 * `writeLine` takes one finished line without its line end, and throws if it cannot keep it.
 * `chainKey` is 32 secret bytes that whoever can write to the log does not have.
 */
export type CreateAuditLog = (writeLine: (line: string) => void, chainKey: Buffer) => AuditLog;

/**
 * Index of the first line that is not as it was written where it stands: changed, moved, or after a
 * removed one. Undefined if there is none. Lines missing at the end cannot be seen from the lines.
 */
export type VerifyAuditLog = (lines: string[], chainKey: Buffer) => number | undefined;

// ---------------------------------------------------------------------- 13 error responses

/** What a client can act on. */
export type ErrorCode =
  | 'UNAUTHORIZED'
  | 'INSUFFICIENT_SCOPE'
  | 'INVALID_INPUT'
  | 'RATE_LIMITED'
  | 'NOT_FOUND'
  | 'INTERNAL';

/** The shape of every error answer, as JSON text in a tool result or as an HTTP body. */
export interface ErrorBody {
  error: {
    code: ErrorCode;
    /** For people, and for the model; nothing about the server's inside. */
    message: string;
    /** Whether the same call may succeed later. */
    retryable: boolean;
    /** Finds the entry in the operator's log. */
    request_id: string;
  };
}

/** The tool result that stands for an error thrown while a call ran. `error` is anything at all. */
export type BuildToolError = (error: unknown, requestId: string) => CallToolResult;
/**
 * Answers every error outside a tool call: malformed JSON, a body too large, an unknown route, a
 * bug. An error's `status` is kept if it is one of 400 to 499. The request id is in the answer's
 * header `x-request-id` already.
 */
export type CreateErrorHandler = (config: ServerConfig) => ErrorRequestHandler;

// ------------------------------------------------------------------------ 14 secure server

/** A step of one tool call; it wraps the steps after it. */
export type CallStep = (
  call: ToolCall,
  next: () => Promise<CallToolResult>,
) => Promise<CallToolResult>;

export type CallSteps = Record<'audit' | 'authorize' | 'limit' | 'validate', CallStep>;

/** What the server is made of, in no order. */
export interface HttpParts {
  /** Security headers (11). */
  headers: RequestHandler;
  /** Origin, Host and CORS (11). */
  origin: RequestHandler;
  /** The body parser (11). */
  body: RequestHandler;
  /** Access tokens (05). */
  bearer: RequestHandler;
  /** Both discovery documents under `/.well-known` (01). */
  discovery: RequestHandler;
  /**
   * `/authorize`, `/token`, `/register`, `/jwks` (02 to 04). It reads bodies itself, and the page at
   * `/authorize` sets headers of its own, checks Host, and posts its form to itself.
   */
  authorizationServer: RequestHandler;
  /** Answers MCP messages, of whatever method and path it is mounted at; expects `request.body`. */
  messages: RequestHandler;
  /** Hands an unknown route to the error handler. */
  notFound: RequestHandler;
  /** The error handler (13). */
  errors: ErrorRequestHandler;
}

/** Mounts all parts on `app`. MCP is spoken at `/mcp`; every part that is left out guards nothing. */
export type MountPipeline = (app: Express, parts: HttpParts) => void;

/** The steps of a tool call in order, the outermost first; the tool runs inside the last. */
export type OrderCallSteps = (steps: CallSteps) => CallStep[];

// ------------------------------------------------------------------------- 15 request headers

/** The revisions of MCP that this server speaks, at one URL. */
export type Revision = '2025-11-25' | '2026-07-28';

/** One POST to `/mcp`: what headers say about the message, and the message. */
export interface SentMessage {
  /** Names in lower case; of each header every value that was sent, in order. */
  headers: Readonly<Record<string, readonly string[] | undefined>>;
  /** As parsed: any JSON value, so not yet known to be a message. */
  body: unknown;
}

/**
 * Says which revision a message speaks. A message of 2026-07-28 names it in `params._meta`, under
 * `io.modelcontextprotocol/protocolVersion`, and in the header `MCP-Protocol-Version`; one of
 * 2025-11-25 has no such member. Throws `HeaderMismatchError` if header and body disagree, and
 * `InvalidMetadataError` if the header names 2026-07-28 or a later date, alone or among others, and the
 * body names nothing; either of them for a version that is no text. Whether a version
 * that the body names is spoken here is not decided here: the server answers all others with −32022.
 */
export type DetectRevision = (sent: SentMessage) => Revision;

/** An argument that clients repeat in a header (`x-mcp-header` in the tool's schema). */
export interface MirroredArgument {
  /** `Mcp-Param-` and the name. */
  header: string;
  /** Member of `params.arguments`. */
  argument: string;
  type: 'string' | 'integer';
}

/**
 * Asked for each request of 2026-07-28: throws `HeaderMismatchError` unless `Mcp-Method`, `Mcp-Name`
 * (of `tools/call`, `resources/read` and `prompts/get`) and the headers of `mirrored` say what the
 * body says. `mirrored` is what the tool that the body names declares.
 */
export type RequireMatchingHeaders = (
  sent: SentMessage,
  mirrored: readonly MirroredArgument[],
) => void;

// --------------------------------------------------------------------------- 16 carried state

/** A call that its user has to confirm, and what the user is asked. */
export interface AskedCall {
  actor: Actor | undefined;
  tool: string;
  /** As validated. */
  arguments: Readonly<Record<string, unknown>>;
  /** Names what is about to be changed, in words: ids of deleted alerts are given out anew. */
  question: string;
}

/**
 * Makes and checks `requestState` (MCP 2026-07-28, Multi Round-Trip Requests): the server's note that
 * it has asked, which the client keeps for it and sends back with the answer. On its way the note is
 * in the hands of whoever has the client.
 */
export interface StateSeal {
  /** The note that goes with this question. */
  seal(asked: AskedCall): string | Promise<string>;
  /**
   * Throws `InvalidInputError` unless `state` was sealed under this key for this very question to this
   * very user, not more than five minutes ago, and is opened for the first time. A call without an
   * actor is nobody's, and nobody is not anybody.
   */
  open(state: string, asked: AskedCall): void | Promise<void>;
}
/**
 * `key`: 32 secret bytes of this deployment; no client has them. One seal serves a server; another one
 * may have another key.
 */
export type CreateStateSeal = (key: Buffer) => StateSeal;

/** What came with a call besides its arguments. All of it is the client's own. */
export interface ClientAnswer {
  /** What the client says it can do. A server may ask for nothing else. */
  capabilities: Readonly<Record<string, unknown>>;
  requestState: string | undefined;
  /**
   * As sent: any JSON value, or undefined. A client that was asked answers with
   * `{ confirm: { action: 'accept', content: { confirm: true } } }`, or with another action
   * (`decline`, `cancel`), or with false.
   */
  inputResponses: unknown;
}

/** `given`: the call runs. Otherwise the user is asked, and this state goes along with the question. */
export type Confirmation = 'given' | { askWith: string };

/**
 * Decides whether a call that cannot be undone runs, or its user is asked first. Throws
 * `InvalidInputError` for a no, for a state that does not fit, and for a client that cannot ask. It is
 * asked in 2026-07-28 only: in 2025-11-25 this server keeps no stream on which it could ask, and the
 * clients of that revision delete as they always did.
 */
export type RequireConfirmation = (
  asked: AskedCall,
  answer: ClientAnswer,
  seal: StateSeal,
) => Confirmation | Promise<Confirmation>;

/** An export of somebody's alerts, as they were when it began. */
export interface ExportJob {
  /** When it is finished, in milliseconds since the epoch. */
  doneAt: number;
  alerts: readonly { id: number; city: string; text: string }[];
}

/**
 * Handles of jobs that outlast a call. A handle finds a job; who may have it, only the verified actor
 * says (MCP, Security Best Practices: State Handle Hijacking).
 */
export interface ExportHandles {
  issue(actor: Actor | undefined, job: ExportJob): string;
  /** Throws `NotFoundError` unless it was issued to this user, not too long ago, and not ended. */
  find(actor: Actor | undefined, handle: string): ExportJob;
  /** Throws as `find` does. From then on nobody finds the job. */
  end(actor: Actor | undefined, handle: string): void;
}
/** One such store serves a server for its whole life. Each has jobs of its own. */
export type CreateExportHandles = () => ExportHandles;

// -------------------------------------------------------------------------- 17 shared answers

/**
 * The text by which this server knows a tenant. Sensors are kept under it, and it takes the place of
 * `actor.issuer` for everybody whose token names a tenant, so that what is counted, kept or logged
 * under issuer and subject is that of a person in a tenant. `asked` is what the caller says, in the
 * argument `tenant` of a tool; undefined if they say nothing. For a tenant that is not the caller's it
 * throws `NotFoundError`, or takes no notice. Rows outlive the process: the same tenant has the same text
 * in each process of the server, at any time.
 */
export type KeyOfTenant = (tenant: Tenant, asked: string | undefined) => string;

/** A question to which the server keeps the answer for half a minute. */
export interface KeptQuestion {
  tool: string;
  /** As validated, without `tenant`; some may be undefined. */
  arguments: Readonly<Record<string, string | undefined>>;
}

/**
 * The text under which the answer to a question is kept. Whoever has the same text gets the same
 * answer, without anybody being asked again. Answers differ by tenant, tool and arguments, and by
 * nothing else of the caller. Kept answers live as long as the process, and so may their keys.
 */
export type KeyOfAnswer = (tenant: Tenant, question: KeptQuestion) => string;

/** A sensor, as the gate in front of it sees it. */
export interface SensorFacts {
  id: number;
  /** What `keyOfTenant` gave when it was added. */
  tenant: string;
  /** The subject who added it: a person, or their namesake elsewhere. */
  addedBy: string;
}

/** What somebody wants of one sensor. */
export interface SensorUse {
  action: 'read' | 'retire';
  /** What `keyOfTenant` gave for the caller. */
  tenant: string;
  actor: Actor;
}

/**
 * Throws `NotFoundError` unless a sensor belongs to the caller's tenant. `sensor` is undefined if there
 * is none of that id: nobody may learn which of the two it was.
 */
export type RequireOwnSensor = (use: SensorUse, sensor: SensorFacts | undefined) => void;

/** A row of the table of sensors, with whatever columns it has by now. */
export interface SensorRow {
  id: number;
  name: string;
  city: string;
  description: string;
  /** For whoever stands in front of it with a ladder: codes of doors, keys, telephone numbers. */
  note: string;
  access_key: string;
  gateway: { host: string; port: number; [member: string]: unknown };
  readings: readonly { at: string; temperatureC: number; [member: string]: unknown }[];
  [column: string]: unknown;
}

/** What of a sensor an answer shows, to any user of its tenant. */
export type PresentSensor = (row: SensorRow) => Record<string, unknown>;

/** An answer that caches may keep, and whom it was made for (MCP 2026-07-28, Caching). */
export interface CacheableAnswer {
  method: 'server/discover' | 'tools/list';
  actor: Actor | undefined;
  /** Tools that this caller is not shown. */
  hidden: number;
}

export interface CacheHints {
  /** How long it may be used, in milliseconds: a whole number, 0 or more. */
  ttlMs: number;
  /** `public`: by anybody, at any cache on the way. `private`: with the same access token only. */
  cacheScope: 'public' | 'private';
}
export type ChooseCaching = (answer: CacheableAnswer) => CacheHints;

// ----------------------------------------------------------------------- 18 many instances

/**
 * Counts calls where several instances of the server answer them: each has a limiter of its own, made
 * when it starts, and all have the same store. It takes the place of `RateLimiter`.
 */
export interface SharedLimiter {
  /**
   * Decides about one call and counts it. Throws `UnavailableError` for a call that cannot be counted
   * now.
   */
  check(call: ToolCall): Promise<LimitDecision>;
}
export type CreateSharedLimiter = (limits: CallLimits, store: SharedStore) => SharedLimiter;

/**
 * Codes and refresh tokens that any instance issues and any other may be given. It takes the place of
 * `GrantStore`, and is asked the same; `redeemCode` and `issueRefreshToken` are called at the same
 * instance, one after the other, the second with the very grant that the first gave; in between others
 * may redeem theirs. Each method may throw `OAuthError`, or `UnavailableError` if nobody can say now what
 * a grant is worth.
 */
export interface SharedGrantStore {
  issueCode(grant: Grant): Promise<string>;
  redeemCode(code: string, request: TokenRequest): Promise<Grant>;
  issueRefreshToken(grant: Grant): Promise<string>;
  rotateRefreshToken(
    refreshToken: string,
    request: TokenRequest,
  ): Promise<{ grant: Grant; refreshToken: string }>;
}
export type CreateSharedGrantStore = (config: ServerConfig, store: SharedStore) => SharedGrantStore;

/**
 * Made anew whenever an instance starts; gives a function that seals one finished line of its audit
 * log, in order, and gives the line to write. `chainKey` is the same for all instances.
 */
export type CreateLineSealer = (chainKey: Buffer) => (line: string) => string;

/**
 * Reads sealed lines of several instances and several starts, in one list: those of one start are in
 * order, between them are others. Index of the first line that is not, letter by letter, as it was
 * sealed where it stands among those of its start; undefined if there is none. Lines missing at the end
 * of a start, and a start of which every line is missing, cannot be seen from the lines.
 */
export type VerifyMergedLines = (lines: string[], chainKey: Buffer) => number | undefined;

// ----------------------------------------------------------------------- 19 external issuer

/** What a document of a provider is fetched with. */
export interface ProviderMeans {
  external: ExternalIssuer;
  web: Web;
  /** Topic 21. Throws for a host that has no public address. */
  chooseAddress: ChooseAddress;
}

/**
 * The JSON of a document of the provider: its metadata, or its key set. `url` was made from the
 * issuer, or stood in the metadata. Throws if it must not be asked for or cannot be had. Whether the
 * document is what it should be is not decided here.
 */
export type FetchProviderDocument = (url: string, means: ProviderMeans) => Promise<unknown>;

/** What is needed of a provider's metadata (RFC 8414 §2, OpenID Connect Discovery 1.0 §3). */
export interface DiscoveredIssuer {
  jwksUri: string;
}

/**
 * Finds the metadata of `issuer`, at the places where OAuth and OpenID Connect put it, and makes sure
 * that it is this issuer's. Throws `UnavailableError` if there is none to be had.
 */
export type DiscoverIssuer = (
  issuer: string,
  fetchDocument: (url: string) => Promise<unknown>,
) => Promise<DiscoveredIssuer>;

export interface KeySourceMeans {
  discover: () => Promise<DiscoveredIssuer>;
  fetchDocument: (url: string) => Promise<unknown>;
}

/** The keys of a provider, as far as this server knows them now. One for the life of the server. */
export interface KeySource {
  /**
   * The key set to verify a token with whose header names `keyId`. A set without that key means that
   * the provider has no such key: the token is refused with 401. Throws `UnavailableError` if that
   * cannot be said now: 503. The signature is verified by the server.
   */
  keysFor(keyId: string | undefined): Promise<JSONWebKeySet>;
}
export type CreateKeySource = (means: KeySourceMeans) => KeySource;

/** A JWT whose signature is by a key of the provider's and whose time has come and not passed. */
export interface VerifiedJwt {
  header: JWTHeaderParameters;
  claims: JWTPayload;
}

/**
 * Decides whether a token of the provider is an access token, of this issuer and for this server, and
 * who calls with it; throws `InvalidTokenError` otherwise. Its time (`exp`, `nbf`) was checked,
 * and nothing else of its claims.
 */
export type ReadProviderClaims = (
  verified: VerifiedJwt,
  external: ExternalIssuer,
  config: ServerConfig,
) => Actor;

// --------------------------------------------------------------------- 20 upstream authority

/** What a client asked for, and gets once the third party has said who the user is. Plain JSON. */
export interface WantedAccess {
  clientId: string;
  asked: AuthorizationRequest;
}

/** Sets one more cookie; the value of a `Set-Cookie` header. */
export type SetCookie = (value: string) => void;

/**
 * The way of a browser to the third party and back, where users sign in. To the third party this
 * server is one client, whoever asks here; so it cannot ask its users about each client.
 */
export interface ThirdPartySignIn {
  /**
   * An authorization request has come. `ask`: our consent page is shown. Otherwise this browser has
   * agreed to it before, and goes straight on to the third party, with this state, which is bound to it
   * as one of `allow` is.
   */
  arrive(
    request: Request,
    wanted: WantedAccess,
    setCookie: SetCookie,
  ): 'ask' | { state: string } | Promise<'ask' | { state: string }>;
  /**
   * The user of this browser has agreed to `wanted`, on our own page, whose form was checked (topic
   * 03). Gives the state that goes to the third party.
   */
  allow(request: Request, wanted: WantedAccess, setCookie: SetCookie): string | Promise<string>;
  /**
   * A browser has come back with this state, whatever the third party has to say: a code, or a no. Gives
   * what was allowed, once. Throws `OAuthError('access_denied')`, which is shown on our own page.
   */
  resume(
    request: Request,
    state: string,
    setCookie: SetCookie,
  ): WantedAccess | Promise<WantedAccess>;
}
/** One serves a server for its whole life. Cookies are for https if `config.issuer` is. */
export type CreateThirdPartySignIn = (config: ServerConfig) => ThirdPartySignIn;

/** A row of the table of credentials. Who reads the database, or a copy of it, reads all of them. */
export interface CredentialRow {
  id: string;
  owner: string;
  provider: string;
  sealed: string;
}

export interface CredentialRows {
  /** Takes the place of the row of this id. */
  put(row: CredentialRow): void;
  get(id: string): Promise<CredentialRow | undefined>;
}

/** Keeps users' tokens of the third party. */
export interface TokenKeeper {
  /** `user` has signed in there, through the client that `user` names. */
  keep(user: Actor, token: string): void | Promise<void>;
  /**
   * The latest token of this user; undefined if there is no row of theirs. Throws for a row that was
   * tampered with: another user's, or one that this server has not sealed.
   */
  find(user: Actor): Promise<string | undefined>;
}
/** `vault` is that of topic 07. */
export type CreateTokenKeeper = (vault: CredentialVault, rows: CredentialRows) => TokenKeeper;

export interface DiaryEntry {
  date: string;
  text: string;
}

export interface DiaryMeans {
  /** As it came, with its headers. Its token is for this server. */
  call: ToolCall;
  /** The user's token at the third party, good for all of it for thirty days. */
  token: string;
  entriesUrl: string;
  /** Posts a form to the third party's token endpoint. That it is this server that asks is added. */
  requestToken: (form: Record<string, string>) => Promise<Response>;
  /** Sends a request to one of the third party's APIs. */
  send: (request: SentRequest) => Promise<Response>;
}

/**
 * The diary of the user who calls: `{ entries: [{ date, text, … }] }` at `entriesUrl`. The caller is told
 * what an `InvalidInputError` says, and of any other error that there is no diary now.
 */
export type ReadDiary = (means: DiaryMeans) => Promise<DiaryEntry[]>;

// --------------------------------------------------------------------- 21 outgoing requests

/**
 * Whether an address may be asked at all, by its text alone. Throws `InvalidInputError`. It is asked
 * for the address that a caller gives, and for each that a redirect leads to.
 */
export type ParseFeedUrl = (text: string) => URL;

/**
 * Looks a host up, as it stands in a URL, and gives the address to connect to: one that is somebody's
 * on the internet. Throws `InvalidInputError` for a host that has none.
 */
export type ChooseAddress = (host: string, web: Web) => Promise<string>;

export interface FeedMeans {
  web: Web;
  parseFeedUrl: ParseFeedUrl;
  chooseAddress: ChooseAddress;
}

/**
 * The text of a feed: follows redirects, and bounds bytes and time. It is called for several users at
 * the same time. What it throws is told to the caller if it is an `InvalidInputError`. Whether the text
 * is a feed is not decided here.
 */
export type FetchFeed = (url: string, means: FeedMeans) => Promise<string>;

// -------------------------------------------------------------------------- 22 hostile servers

/** The MCP server that a client has connected to. */
export interface ContactedServer {
  /** As the user gave it. */
  url: string;
  /** The IP address that the connection went to. */
  address: string;
}

/** What a client has kept of an earlier sign-in. */
export interface KeptCredentials {
  /** The MCP server that it was for. */
  server: string;
  /** The authorization server that gave all of this out. */
  issuer: string;
  clientId: string;
  clientSecret?: string;
  refreshToken?: string;
}

/** What a client knows when it is about to sign its user in. Each document is a stranger's. */
export interface SignInDocuments {
  server: ContactedServer;
  /** Protected resource metadata (RFC 9728), found where the server's challenge said: any JSON value. */
  resourceMetadata: unknown;
  /** The issuer that they name, whose metadata were asked for. */
  issuer: string;
  /** What was found there (RFC 8414): any JSON value. */
  issuerMetadata: unknown;
  kept: readonly KeptCredentials[];
}

export interface SignInPlan {
  /**
   * Goes to the program that opens addresses, exactly as it stands here, with the parameters of the
   * request behind it.
   */
  authorizationEndpoint: string;
  /** Gets the code and its verifier, and whatever is in `credentials`. */
  tokenEndpoint: string;
  /** Has to be the `iss` of the answer (RFC 9207). */
  issuer: string;
  /** Whether the answer has to have an `iss`. */
  promisesIssuer: boolean;
  /** What tokens are asked for (RFC 8707). */
  resource: string;
  /** Undefined: the client goes as a new one, with the address of its own document as `client_id`. */
  credentials: KeptCredentials | undefined;
}

/**
 * Decides whether a client signs in at this server, and how: which address a person's browser is sent
 * to, and where codes and credentials go. Throws `RefusedError`; its message is for the user. It asks
 * nobody. Whether the token endpoint may be asked, `chooseEndpoint` decides.
 */
export type PlanSignIn = (documents: SignInDocuments) => SignInPlan;

/** A sign-in that is under way. */
export interface PendingSignIn {
  plan: SignInPlan;
  /** What the request had as `state`: random, and this sign-in's alone. */
  state: string;
}

/**
 * The code of an authorization response. Throws `RefusedError` for whatever is no answer to this
 * request, and for an answer that is a no; its message is shown to the user.
 */
export type AcceptCallback = (parameters: URLSearchParams, pending: PendingSignIn) => string;

export interface EndpointMeans {
  web: Web;
  /** Topic 21. Takes names and addresses; throws for what has no public address. */
  chooseAddress: ChooseAddress;
}

/**
 * Asked before each request that a document has led to: gives the IP address to connect to, or throws
 * `RefusedError`. `url` is the stranger's text.
 */
export type ChooseEndpoint = (
  url: string,
  server: ContactedServer,
  means: EndpointMeans,
) => Promise<string>;

/** How a local server is started, as a configuration says. No shell: `args` are passed one by one. */
export interface StartEntry {
  command: string;
  args?: readonly string[];
  /** Beside what every server gets. `${NAME}`, here and in `args`, is a variable of the user's. */
  env?: Readonly<Record<string, string>>;
}

/**
 * `changed`: something else was approved under this name. `unpinned`: what runs is the newest version
 * of a package, whichever that is by then. `inline-code`: a shell or an interpreter is given a program
 * as an argument. `secrets`: variables of the user's are handed over.
 */
export type StartWarning = 'changed' | 'unpinned' | 'inline-code' | 'secrets';

export interface StartReview {
  /** Whether it starts without a question. */
  mayStart: boolean;
  /** What the user is shown of the entry before they say yes. */
  text: string;
  /** What they are told besides. */
  warnings: StartWarning[];
  /** What is kept if they say yes, and is `approved` from then on. */
  approval: string;
}

/** `approved`: what was kept under this server's name when the user last said yes. */
export type ReviewStartEntry = (entry: StartEntry, approved: string | undefined) => StartReview;

// ------------------------------------------------------------------------------- all of them

/** The controls of one server, in the order of the topics. */
export interface SecurityControls {
  describeAuthorizationServer: DescribeAuthorizationServer;
  describeProtectedResource: DescribeProtectedResource;
  buildBearerChallenge: BuildBearerChallenge;

  registerClient: RegisterClient;
  resolveClientDocument: ResolveClientDocument;

  matchRedirectUri: MatchRedirectUri;
  validateAuthorizationRequest: ValidateAuthorizationRequest;
  verifyCodeChallenge: VerifyCodeChallenge;
  buildAuthorizationResponse: BuildAuthorizationResponse;
  createConsentGuard: CreateConsentGuard;

  createGrantStore: CreateGrantStore;
  describeAccessToken: DescribeAccessToken;

  verifyAccessToken: VerifyAccessToken;
  createBearerAuth: CreateBearerAuth;

  authorizeTool: AuthorizeTool;
  listVisibleTools: ListVisibleTools;
  requireOwnAlert: RequireOwnAlert;

  parseKeyEncryptionKeys: ParseKeyEncryptionKeys;
  createCredentialVault: CreateCredentialVault;

  citySchema: CitySchema;
  unitsSchema: UnitsSchema;
  daysSchema: DaysSchema;

  searchStations: SearchStations;
  resolveReportPath: ResolveReportPath;
  pingHost: PingHost;
  buildUpstreamUrl: BuildUpstreamUrl;
  presentUpstreamText: PresentUpstreamText;
  reviewTools: ReviewTools;

  createRateLimiter: CreateRateLimiter;
  buildRateLimitedResult: BuildRateLimitedResult;
  requireSingleMessage: RequireSingleMessage;

  createSecurityHeaders: CreateSecurityHeaders;
  createOriginGuard: CreateOriginGuard;
  createBodyParser: CreateBodyParser;

  createAuditLog: CreateAuditLog;
  verifyAuditLog: VerifyAuditLog;

  buildToolError: BuildToolError;
  createErrorHandler: CreateErrorHandler;

  mountPipeline: MountPipeline;
  orderCallSteps: OrderCallSteps;

  detectRevision: DetectRevision;
  requireMatchingHeaders: RequireMatchingHeaders;

  createStateSeal: CreateStateSeal;
  requireConfirmation: RequireConfirmation;
  createExportHandles: CreateExportHandles;

  keyOfTenant: KeyOfTenant;
  keyOfAnswer: KeyOfAnswer;
  requireOwnSensor: RequireOwnSensor;
  presentSensor: PresentSensor;
  chooseCaching: ChooseCaching;

  createSharedLimiter: CreateSharedLimiter;
  createSharedGrantStore: CreateSharedGrantStore;
  createLineSealer: CreateLineSealer;
  verifyMergedLines: VerifyMergedLines;

  fetchProviderDocument: FetchProviderDocument;
  discoverIssuer: DiscoverIssuer;
  createKeySource: CreateKeySource;
  readProviderClaims: ReadProviderClaims;

  createThirdPartySignIn: CreateThirdPartySignIn;
  createTokenKeeper: CreateTokenKeeper;
  readDiary: ReadDiary;

  parseFeedUrl: ParseFeedUrl;
  chooseAddress: ChooseAddress;
  fetchFeed: FetchFeed;

  planSignIn: PlanSignIn;
  acceptCallback: AcceptCallback;
  chooseEndpoint: ChooseEndpoint;
  reviewStartEntry: ReviewStartEntry;
}

export type ControlName = keyof SecurityControls;
