/** Skydiary's tokens: how they are given out, exchanged for narrower ones, and what each may do. */
import { createHash, randomBytes } from 'node:crypto';
import { SKYDIARY, type RefusedThere, type SentRequest } from './skydiary.ts';

const MINUTE_MS = 60_000;
const CODE_LASTS_MS = MINUTE_MS;
const EXCHANGED_LASTS_MS = 5 * MINUTE_MS;
const TOKEN_LASTS_MS = 30 * 24 * 60 * MINUTE_MS;
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

/** What a token may do. */
interface Access {
  user: string;
  /** Undefined: every API. */
  audience: string | undefined;
  scopes: string[];
  until: number;
}

/** What a code was issued for. */
interface Code {
  user: string;
  redirectUri: string;
  challenge: string | undefined;
  scopes: string[];
  until: number;
}

export type Answer = { status: number; body: unknown };

export interface ThirdPartyTokens {
  issueCode(code: Omit<Code, 'until'>): string;
  /** The token for all of a user who has signed in; what this client had before ends. */
  signIn(user: string, scopes: readonly string[]): string;
  /** Another that may do the same, as a link has it that works by itself. */
  issueFor(access: Access): string;
  /** Answers a form that was sent to the token endpoint. */
  answer(body: string): Answer;
  /** What a request to an API may do, or why it may not. */
  accessOf(request: SentRequest, scope?: string): Access | Answer;
  /** Every token that was given out. */
  issued: () => string[];
}

/** What is refused, and with which error code instead of the usual one. */
interface Refusing {
  what: RefusedThere;
  saying?: string | undefined;
}

export function openTokens(clientSecret: string, refusing: () => Refusing): ThirdPartyTokens {
  const codes = new Map<string, Code>();
  const tokens = new Map<string, Access>();
  const issued: string[] = [];

  const issue = (access: Access): string => {
    const token = `sky-${randomBytes(24).toString('base64url')}`;
    tokens.set(token, access);
    issued.push(token);
    return token;
  };

  function signIn(user: string, scopes: readonly string[]): string {
    // Who signs in again ends what this client had before, as at some providers.
    for (const [token, access] of tokens) {
      if (access.user === user && access.audience === undefined) tokens.delete(token);
    }
    const until = Date.now() + TOKEN_LASTS_MS;
    return issue({ user, audience: undefined, scopes: [...scopes], until });
  }

  function redeem(form: URLSearchParams): Answer {
    const code = form.get('code') ?? '';
    const found = codes.get(code);
    codes.delete(code);
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const isGood =
      found !== undefined &&
      found.until > Date.now() &&
      form.get('redirect_uri') === found.redirectUri &&
      (found.challenge === undefined || found.challenge === proof);
    if (!isGood) return refusal(400, 'invalid_grant', 'This code is not good.');
    const { user, scopes } = found;
    return {
      status: 200,
      body: {
        access_token: signIn(user, scopes),
        token_type: 'Bearer',
        expires_in: TOKEN_LASTS_MS / 1000,
        scope: scopes.join(' '),
        user_id: user,
      },
    };
  }

  /** RFC 8693 §2: a token for one audience in place of one for all. */
  function exchange(form: URLSearchParams): Answer {
    const subject = form.get('subject_token') ?? '';
    const found = tokens.get(subject);
    const { what, saying } = refusing();
    if (what === 'exchanges') {
      return refusal(400, saying ?? 'invalid_request', `${subject} may not be exchanged now.`);
    }
    if (what === 'the grant') {
      return refusal(400, 'unsupported_grant_type', `${subject} cannot be exchanged here.`);
    }
    if (what === 'audiences' && (form.has('resource') || form.has('audience'))) {
      return refusal(400, 'invalid_target', `${subject} is for all of Skydiary.`);
    }
    if (what === 'scopes' && form.has('scope')) {
      return refusal(400, 'invalid_scope', `${subject} has the scopes that it has.`);
    }
    if (form.get('subject_token_type') !== ACCESS_TOKEN || !found || found.until <= Date.now()) {
      return refusal(400, 'invalid_request', 'The subject token is not good.');
    }
    const audience = form.get('resource') ?? form.get('audience') ?? found.audience;
    const known: (string | undefined)[] = [undefined, SKYDIARY.entriesUrl, SKYDIARY.accountUrl];
    if (!known.includes(audience) || (found.audience ?? audience) !== audience) {
      return refusal(400, 'invalid_target', 'There is no such audience.');
    }
    const scopes = form.get('scope')?.split(' ').filter(Boolean) ?? found.scopes;
    if (!scopes.every((scope) => found.scopes.includes(scope))) {
      return refusal(400, 'invalid_scope', 'Nobody can give more than they have.');
    }
    const until = Date.now() + EXCHANGED_LASTS_MS;
    return {
      status: 200,
      body: {
        access_token: issue({ user: found.user, audience, scopes, until }),
        issued_token_type: ACCESS_TOKEN,
        token_type: 'Bearer',
        expires_in: EXCHANGED_LASTS_MS / 1000,
        scope: scopes.join(' '),
      },
    };
  }

  function answer(body: string): Answer {
    const form = new URLSearchParams(body);
    const isOurs =
      form.get('client_id') === SKYDIARY.clientId && form.get('client_secret') === clientSecret;
    if (!isOurs) return refusal(401, 'invalid_client', 'This client is not known.');
    switch (form.get('grant_type') ?? '') {
      case 'authorization_code':
        return redeem(form);
      case EXCHANGE:
        return exchange(form);
      default:
        return refusal(400, 'unsupported_grant_type', 'There is no such grant.');
    }
  }

  function accessOf(request: SentRequest, scope?: string): Access | Answer {
    const { origin, pathname } = new URL(request.url);
    const token = shownIn(request);
    const access = tokens.get(token);
    const { what, saying } = refusing();
    if (what === 'readings') {
      return refusal(503, saying ?? 'temporarily_unavailable', `Not now, ${token}.`);
    }
    if (what === 'exchanged tokens' && access?.audience !== undefined) {
      return refusal(403, saying ?? 'insufficient_scope', `${token} was exchanged.`);
    }
    if (!access || access.until <= Date.now()) {
      return refusal(401, 'invalid_token', `${token} is not good.`);
    }
    const isMeant = (access.audience ?? `${origin}${pathname}`) === `${origin}${pathname}`;
    return isMeant && (scope === undefined || access.scopes.includes(scope))
      ? access
      : refusal(403, 'insufficient_scope', `${token} may not do this.`);
  }

  return {
    issueCode(code) {
      const text = randomBytes(24).toString('base64url');
      codes.set(text, { ...code, until: Date.now() + CODE_LASTS_MS });
      return text;
    },
    signIn,
    issueFor: ({ user, audience, scopes, until }) => issue({ user, audience, scopes, until }),
    answer,
    accessOf,
    issued: () => issued,
  };
}

const refusal = (status: number, error: string, description: string): Answer => ({
  status,
  body: { error, error_description: description },
});

/** Whether a token is asked for in exchange for another (RFC 8693). */
export const isExchange = ({ url, body }: SentRequest): boolean =>
  url === SKYDIARY.tokenEndpoint && new URLSearchParams(body).get('grant_type') === EXCHANGE;

/** The token of a request: in its header or, as some APIs still allow, in its URL. */
export function shownIn({ url, headers = {} }: SentRequest): string {
  const [, value] = Object.entries(headers).find(([name]) => /^authorization$/i.test(name)) ?? [];
  const bearer = /^Bearer +(\S+)$/i.exec([value].flat().join(', '))?.[1];
  return new URL(url).searchParams.get('access_token') ?? bearer ?? '';
}
