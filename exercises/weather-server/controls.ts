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
import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import type { IncomingHttpHeaders } from 'node:http';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import type { z } from 'zod';
import type { Database, Row } from './world/database.ts';
import type { Files } from './world/files.ts';
import type { Shell, ShellResult } from './world/shell.ts';
import type { Web } from './world/web.ts';

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
}

/** Who is calling, as far as it was verified. A request without a verified token has no actor. */
export interface Actor {
  issuer: string;
  subject: string;
  clientId: string;
  scopes: string[];
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
  error?: 'invalid_request' | 'invalid_token' | 'insufficient_scope';
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
  client_name?: string;
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

/**
 * Decides whether `token` is an access token for this server, and what it says.
 * Fulfils with the SDK's `AuthInfo`, whose `extra` holds `issuer` and `subject`; rejects otherwise.
 */
export type VerifyAccessToken = (
  token: string,
  context: TokenVerificationContext,
) => Promise<AuthInfo>;

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

/** Where key encryption keys come from: environment, file, or a secret manager. */
export interface KeyProvider {
  /** The version to encrypt under now. */
  currentVersion: string;
  /** The 32-byte key of a version; throws for an unknown one. */
  key(version: string): Buffer;
}

/** Whose credential a record is; the record must not be readable as anybody else's. */
export interface CredentialIdentity {
  recordId: string;
  owner: string;
  provider: string;
}

/** A sealed credential, safe to store. All members are base64 but `kekVersion`. */
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
  /** Wraps the same data encryption key under the current version; the ciphertext stays. */
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
export type SearchStations = (input: StationQuery, database: Database) => Promise<Row[]>;

/** The path of a report in the served folder; throws for anything outside it. */
export type ResolveReportPath = (name: string, folder: string, files: Files) => Promise<string>;

/** Pings one host name or address. */
export type PingHost = (host: string, shell: Shell) => Promise<ShellResult>;

/** The URL to ask upstream for a city's weather. */
export type BuildUpstreamUrl = (
  endpoint: 'current' | 'forecast',
  city: string,
  baseUrl: string,
) => string;

/** Makes text from upstream fit to be shown to a model: data, never instructions. */
export type PresentUpstreamText = (text: string) => string;

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
/** Refuses a request whose Origin or Host is not ours, and answers CORS preflights. */
export type CreateOriginGuard = (config: ServerConfig) => RequestHandler;
/** Reads a JSON body into `request.body`, bounded in size and depth. */
export type CreateBodyParser = (config: ServerConfig) => RequestHandler;

// ---------------------------------------------------------------------------- 12 audit log

export type CallOutcome = 'succeeded' | 'failed' | 'refused';

export interface CallRecord {
  call: ToolCall;
  outcome: CallOutcome;
  /** A registered code such as RATE_LIMITED, when the call did not succeed. */
  reason?: string;
}

export interface AuditLog {
  /** Writes one line for one attempted call. */
  record(entry: CallRecord): void;
}
/** `writeLine` takes one finished line without its line end. */
export type CreateAuditLog = (writeLine: (line: string) => void) => AuditLog;

// ---------------------------------------------------------------------- 13 error responses

/** The tool result that stands for an error thrown while a call ran. */
export type BuildToolError = (error: unknown, requestId: string) => CallToolResult;
/** Answers every error outside a tool call: malformed JSON, 413, a bug. */
export type CreateErrorHandler = (config: ServerConfig) => ErrorRequestHandler;

// ------------------------------------------------------------------------ 14 secure server

/** A step of one tool call; it wraps the steps after it. */
export type CallStep = (
  call: ToolCall,
  next: () => Promise<CallToolResult>,
) => Promise<CallToolResult>;

export interface PipelineSteps {
  request: Record<'headers' | 'origin' | 'body' | 'bearer', RequestHandler>;
  call: Record<'audit' | 'authorize' | 'limit' | 'validate', CallStep>;
}

/** Puts the steps in order. Absent: the order written down in `server.ts`. */
export type ArrangePipeline = (steps: PipelineSteps) => {
  request: RequestHandler[];
  call: CallStep[];
};

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

  createCredentialVault: CreateCredentialVault;

  citySchema: CitySchema;
  unitsSchema: UnitsSchema;
  daysSchema: DaysSchema;

  searchStations: SearchStations;
  resolveReportPath: ResolveReportPath;
  pingHost: PingHost;
  buildUpstreamUrl: BuildUpstreamUrl;
  presentUpstreamText: PresentUpstreamText;

  createRateLimiter: CreateRateLimiter;
  buildRateLimitedResult: BuildRateLimitedResult;
  requireSingleMessage: RequireSingleMessage;

  createSecurityHeaders: CreateSecurityHeaders;
  createOriginGuard: CreateOriginGuard;
  createBodyParser: CreateBodyParser;

  createAuditLog: CreateAuditLog;

  buildToolError: BuildToolError;
  createErrorHandler: CreateErrorHandler;

  arrangePipeline?: ArrangePipeline;
}

export type ControlName = keyof SecurityControls;
