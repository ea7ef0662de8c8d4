/**
 * A client that walks the authorization code flow step by step, honestly or not. Parameters can be
 * overridden, left out (`null`) or added at every step.
 */
import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { decodePart } from '../../shared/decode-token.ts';
import type { Findings } from '../../lab/attack.ts';
import { StepFailed, type LabSession, type LabReply } from '../../lab/protocol.ts';
import { complainAboutOAuthError, describeReply, PARIS, succeeded } from './replies.ts';

export const CALLBACK = 'http://127.0.0.1:9/callback';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Parameters to set; `null` leaves one out. */
export type Changes = Record<string, string | null>;
export const changesShape = z.record(z.string(), z.string().nullable());

/** Puts values made for this firing in place of `{{name}}`; unknown names stay. */
export const fill = (changes: Changes, names: Record<string, string>): Changes =>
  Object.fromEntries(
    Object.entries(changes).map(([name, value]) => [
      name,
      value?.replaceAll(/\{\{([\w ]+)\}\}/g, (whole, key: string) => names[key] ?? whole) ?? null,
    ]),
  );

export interface Proof {
  verifier: string;
  challenge: string;
}

export const s256 = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url');

/** A new verifier and its S256 challenge (RFC 7636 §4.1, §4.2). */
export function makeProof(verifier = randomBytes(32).toString('base64url')): Proof {
  return { verifier, challenge: s256(verifier) };
}

/** Registers with the given metadata on top of an ordinary client's. */
export function register(
  lab: LabSession,
  metadata: Record<string, unknown> = {},
  type = 'application/json',
): Promise<LabReply> {
  const body = {
    client_name: 'Workbook',
    redirect_uris: [CALLBACK],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    ...metadata,
  };
  const headers = { 'content-type': type };
  return lab.send({ path: '/register', headers, body }, 'registration');
}

/** The `client_id` of a new, ordinary client. */
export async function registerClient(
  lab: LabSession,
  metadata: Record<string, unknown> = {},
): Promise<string> {
  const reply = await register(lab, metadata);
  const { client_id } = (reply.json ?? {}) as { client_id?: unknown };
  if ((reply.status !== 201 && reply.status !== 200) || typeof client_id !== 'string') {
    throw new StepFailed(`An ordinary client could not register: ${describeReply(reply)}`);
  }
  return client_id;
}

/** Where the authorization endpoint sent the browser, or its own page. */
export interface AuthorizationAnswer {
  reply: LabReply;
  /** The value of `Location`. */
  location: string | undefined;
  code: string | undefined;
  error: string | undefined;
  state: string | undefined;
  iss: string | undefined;
}

export interface Decision {
  user?: string;
  decision?: 'allow' | 'deny';
  /** Changes to the form before it is sent. */
  form?: Changes;
  /** Cookies of this browser from earlier; those of the page are added. */
  cookie?: string;
  /** Origin and Sec-Fetch-Site of the page that sends the form; our own page if left out. */
  from?: { origin: string; site: 'cross-site' | 'same-site' };
  /** Path of the authorization endpoint, where a client has read it. */
  endpoint?: string;
}

const read = (reply: LabReply): AuthorizationAnswer => {
  const { location } = reply.headers;
  const query = new URLSearchParams(location?.split('?').slice(1).join('?') ?? '');
  const get = (name: string) => query.get(name) ?? undefined;
  return {
    reply,
    location,
    code: get('code'),
    error: get('error'),
    state: get('state'),
    iss: get('iss'),
  };
};

/** The query of an ordinary authorization request, with changes. */
export function authorizationQuery(
  lab: LabSession,
  clientId: string,
  changes: Changes,
): URLSearchParams {
  return apply(
    {
      response_type: 'code',
      client_id: clientId,
      redirect_uri: CALLBACK,
      scope: 'weather:read',
      state: lab.nonce,
      resource: lab.config.resource,
      code_challenge_method: 'S256',
    },
    changes,
  );
}

/** Opens the authorization endpoint in a browser: a redirect, or a page with fields of a form. */
export async function openAuthorization(
  lab: LabSession,
  clientId: string,
  changes: Changes,
  cookie = '',
  endpoint = '/authorize',
): Promise<AuthorizationAnswer & { fields: [string, string][]; cookie: string }> {
  const path = `${endpoint}?${authorizationQuery(lab, clientId, changes)}`;
  const headers = cookie === '' ? undefined : { cookie };
  const reply = await lab.send({ path, ...(headers ? { headers } : {}) }, 'authorization request');
  return { ...read(reply), fields: fieldsOf(reply.text), cookie: addCookies(cookie, reply) };
}

/** Sends the consent form. */
export async function decide(
  lab: LabSession,
  fields: [string, string][],
  {
    user = 'alice',
    decision = 'allow',
    form = {},
    cookie = '',
    from,
    endpoint = '/authorize',
  }: Decision = {},
): Promise<AuthorizationAnswer & { cookie: string }> {
  const body = apply({ ...Object.fromEntries(fields), user, decision }, form).toString();
  const headers = {
    ...FORM,
    ...(cookie === '' ? {} : { cookie }),
    origin: from?.origin ?? new URL(lab.config.issuer).origin,
    'sec-fetch-site': from?.site ?? 'same-origin',
  };
  const reply = await lab.send({ path: endpoint, headers, body }, 'consent');
  return { ...read(reply), cookie: addCookies(cookie, reply) };
}

/** The authorization request and, if the server asks, the user's decision. */
export async function authorize(
  lab: LabSession,
  clientId: string,
  changes: Changes,
  decision: Decision = {},
): Promise<AuthorizationAnswer> {
  const opened = await openAuthorization(
    lab,
    clientId,
    changes,
    decision.cookie,
    decision.endpoint,
  );
  if (opened.location !== undefined || opened.reply.status !== 200) return opened;
  return decide(lab, opened.fields, { ...decision, cookie: opened.cookie });
}

/** A code for an ordinary request with these changes; fails the step if there is none. */
export async function obtainCode(
  lab: LabSession,
  clientId: string,
  proof: Proof,
  changes: Changes = {},
  user = 'alice',
): Promise<string> {
  const asked = { code_challenge: proof.challenge, ...changes };
  const answer = await authorize(lab, clientId, asked, { user });
  if (answer.code === undefined) {
    throw new StepFailed(`An ordinary client got no code: ${describeReply(answer.reply)}`);
  }
  return answer.code;
}

/** Posts to the token endpoint. */
function requestTokens(lab: LabSession, form: Changes, label = 'token'): Promise<LabReply> {
  return lab.send({ path: '/token', headers: FORM, body: apply({}, form).toString() }, label);
}

/** Redeems a code as the client it was issued to, with changes. */
export function redeem(
  lab: LabSession,
  clientId: string,
  code: string,
  verifier: string,
  changes: Changes = {},
): Promise<LabReply> {
  return requestTokens(lab, {
    grant_type: 'authorization_code',
    code,
    client_id: clientId,
    redirect_uri: CALLBACK,
    code_verifier: verifier,
    resource: lab.config.resource,
    ...changes,
  });
}

/** Uses a refresh token, with changes. */
export function refresh(
  lab: LabSession,
  clientId: string,
  refreshToken: string,
  changes: Changes = {},
  label = 'refresh',
): Promise<LabReply> {
  return requestTokens(
    lab,
    {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: clientId,
      ...changes,
    },
    label,
  );
}

export interface Tokens {
  accessToken: string;
  refreshToken: string | undefined;
  scope: string | undefined;
  expiresIn: number | undefined;
}

/** The tokens in an answer of the token endpoint, if it gave any. */
export function tokensIn(reply: LabReply): Tokens | undefined {
  const { access_token, refresh_token, scope, expires_in } = (reply.json ?? {}) as Record<
    string,
    unknown
  >;
  if (typeof access_token !== 'string') return undefined;
  return {
    accessToken: access_token,
    refreshToken: typeof refresh_token === 'string' ? refresh_token : undefined,
    scope: typeof scope === 'string' ? scope : undefined,
    expiresIn: typeof expires_in === 'number' ? expires_in : undefined,
  };
}

/** A request that must give no token; `codes` are the registered errors that fit. */
export function judgeNoTokens(reply: LabReply, how: string, codes: string[]): Findings {
  if (tokensIn(reply)) return { breaches: [`The server gave tokens ${how}.`], complaints: [] };
  return judgeOAuthRefusal(reply, codes);
}

/** A refusal of the token or registration endpoint; an error of the server's own is a breach. */
export function judgeOAuthRefusal(reply: LabReply, codes: string[]): Findings {
  if (reply.status === 0 || reply.status >= 500) {
    return { breaches: [`The server ran into an error: ${describeReply(reply)}`], complaints: [] };
  }
  return { breaches: [], complaints: complainAboutOAuthError(reply, codes) };
}

/** Tokens an ordinary step must give; fails the step otherwise. */
export function needTokens(reply: LabReply): Tokens & { refreshToken: string } {
  const tokens = tokensIn(reply);
  if (!tokens) throw new StepFailed(`No access token was given: ${describeReply(reply)}`);
  if (tokens.refreshToken === undefined) throw new StepFailed('No refresh token was given.');
  return { ...tokens, refreshToken: tokens.refreshToken };
}

/** Registers, authorizes and redeems, as an ordinary client does. */
export async function signIn(
  lab: LabSession,
  changes: Changes = {},
  who: { user?: string; clientId?: string } = {},
): Promise<{ clientId: string; tokens: Tokens & { refreshToken: string } }> {
  const clientId = who.clientId ?? (await registerClient(lab));
  const proof = makeProof();
  const code = await obtainCode(lab, clientId, proof, changes, who.user);
  return { clientId, tokens: needTokens(await redeem(lab, clientId, code, proof.verifier)) };
}

/** The ordinary use that attacks on the authorization server stand between: from nothing to a call. */
export async function wholeFlow(lab: LabSession): Promise<string[]> {
  const { tokens } = await signIn(lab);
  const reply = await lab.call('get_weather', PARIS, { token: tokens.accessToken });
  return succeeded(reply) ? [] : [`the call with the new token failed: ${describeReply(reply)}`];
}

/** The claims of a JWT, unverified; undefined for any other token. */
export function claimsOf(token: string): Record<string, unknown> | undefined {
  const [, payload = ''] = token.split('.');
  return decodePart(payload);
}

function apply(parameters: Record<string, string>, changes: Changes): URLSearchParams {
  const whole = { ...parameters, ...changes };
  return new URLSearchParams(
    Object.entries(whole).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

/** The hidden fields of the consent form, as a browser reads them. */
export function fieldsOf(page: string): [string, string][] {
  const text = (escaped: string): string =>
    escaped
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
  return [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(
    ([, name = '', value = '']) => [text(name), text(value)],
  );
}

function addCookies(cookie: string, reply: LabReply): string {
  const set = reply.headers['set-cookie']?.split(/,\s*(?=[^;,\s]+=)/) ?? [];
  return [cookie, ...set.map((one) => one.split(';')[0] ?? '')].filter(Boolean).join('; ');
}
