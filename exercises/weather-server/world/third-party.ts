/**
 * Skydiary, a third party: people keep a diary of the weather there, and let programs read it. It has a
 * provider of its own, with one client, which is this server; a cookie by which it knows that a
 * browser's user has let that client in before; and two APIs. All of it is in memory. Whatever the
 * server sends there is on the tape, as Skydiary's own log has it.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Tape } from './tape.ts';

const HOME = 'https://skydiary.example';
const API = 'https://api.skydiary.example';
/** Where things are at Skydiary. */
export const SKYDIARY = {
  authorizationEndpoint: `${HOME}/authorize`,
  tokenEndpoint: `${HOME}/token`,
  entriesUrl: `${API}/entries`,
  accountUrl: `${API}/account`,
  clientId: 'weather-server',
  scopes: ['entries:read', 'entries:write'],
} as const;

const MINUTE_MS = 60_000;
const CODE_LASTS_MS = MINUTE_MS;
const EXCHANGED_LASTS_MS = 5 * MINUTE_MS;
const TOKEN_LASTS_MS = 30 * 24 * 60 * MINUTE_MS;
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

/** A request that Skydiary gets from a program. */
export interface SentRequest {
  method?: string | undefined;
  url: string;
  /** Names in any case. */
  headers?: Readonly<Record<string, string | readonly string[] | undefined>> | undefined;
  body?: string | undefined;
}

/** What the server has of it. */
export interface ThirdPartyLink {
  /** Shows Skydiary that it is this server that asks. */
  clientSecret: string;
  fetch: (request: SentRequest) => Promise<Response>;
}

/** A browser at Skydiary's authorization endpoint. Its user is signed in there. */
export interface Visit {
  url: string;
  /** The user who is signed in. */
  user: string;
  /** Whether this browser has the cookie that says that this user has let the client in before. */
  hasAllowed: boolean;
  /** What the user pressed on the page; undefined: the page is only just opened. */
  decision?: 'allow' | 'deny' | undefined;
}

/** Where a browser is sent from there; without a location it sees a page that asks, or one that refuses. */
export interface Visited {
  status: number;
  location?: string | undefined;
}

/** What Skydiary does not do at the moment. What it says then quotes the request, as many APIs do. */
export type RefusedThere = 'nothing' | 'exchanges' | 'readings';

/** The same, with what the lab may do there. */
export interface WholeThirdParty extends ThirdPartyLink {
  /** The one address that it sends browsers back to. */
  register(redirectUri: string): void;
  visit(visit: Visit): Visited;
  /** A user writes into their diary. */
  write(user: string, text: string): void;
  /** A request of anybody's, which is no request of the server's. */
  answer(request: SentRequest): { status: number; body: unknown };
  refuse(what: RefusedThere): void;
  /** Every token that it has given out. */
  issued(): string[];
}

interface Access {
  user: string;
  /** Undefined: every API. */
  audience: string | undefined;
  scopes: string[];
  until: number;
}

interface Code {
  user: string;
  challenge: string | undefined;
  scopes: string[];
  until: number;
}

type Answer = { status: number; body: unknown };

export function openThirdParty(tape: Tape): WholeThirdParty {
  const clientSecret = randomBytes(24).toString('base64url');
  const codes = new Map<string, Code>();
  const tokens = new Map<string, Access>();
  const issued: string[] = [];
  const diaries = new Map<string, { date: string; text: string }[]>();
  let callback: string | undefined;
  let refused: RefusedThere = 'nothing';

  const issue = (access: Access): string => {
    const token = `sky-${randomBytes(24).toString('base64url')}`;
    tokens.set(token, access);
    issued.push(token);
    return token;
  };

  function visit({ url, user, hasAllowed, decision }: Visit): Visited {
    const { origin, pathname, searchParams: asked } = new URL(url);
    const isOurs =
      `${origin}${pathname}` === SKYDIARY.authorizationEndpoint &&
      asked.get('client_id') === SKYDIARY.clientId &&
      asked.get('redirect_uri') === callback;
    if (!isOurs || callback === undefined) return { status: 400 };
    const back = new URL(callback);
    const state = asked.get('state');
    if (state !== null) back.searchParams.set('state', state);
    if (decision === 'deny') {
      back.searchParams.set('error', 'access_denied');
      return { status: 302, location: back.href };
    }
    // The cookie is there: nobody is asked anything.
    if (decision === undefined && !hasAllowed) return { status: 200 };
    const code = randomBytes(24).toString('base64url');
    codes.set(code, {
      user,
      challenge: asked.get('code_challenge') ?? undefined,
      scopes: (asked.get('scope') ?? '').split(' ').filter(Boolean),
      until: Date.now() + CODE_LASTS_MS,
    });
    back.searchParams.set('code', code);
    return { status: 302, location: back.href };
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
      form.get('redirect_uri') === callback &&
      (found.challenge === undefined || found.challenge === proof);
    if (!isGood) return refusal(400, 'invalid_grant', 'This code is not good.');
    const { user, scopes } = found;
    // Who signs in again ends what this client had before, as at some providers.
    for (const [token, access] of tokens) {
      if (access.user === user && access.audience === undefined) tokens.delete(token);
    }
    const access = { user, audience: undefined, scopes, until: Date.now() + TOKEN_LASTS_MS };
    return {
      status: 200,
      body: {
        access_token: issue(access),
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
    if (refused === 'exchanges') {
      return refusal(400, 'invalid_request', `${subject} may not be exchanged now.`);
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

  function answerToken(body: string): Answer {
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

  /** What a request to an API may do, by its token in the header or, as some still allow, in the URL. */
  function accessOf({ url, headers = {} }: SentRequest, scope?: string): Access | Answer {
    const { origin, pathname, searchParams } = new URL(url);
    const token = searchParams.get('access_token') ?? bearerIn(headers) ?? '';
    const access = tokens.get(token);
    if (refused === 'readings') {
      return refusal(503, 'temporarily_unavailable', `Not now, ${token}.`);
    }
    if (!access || access.until <= Date.now()) {
      return refusal(401, 'invalid_token', `${token} is not good.`);
    }
    const isMeant = (access.audience ?? `${origin}${pathname}`) === `${origin}${pathname}`;
    return isMeant && (scope === undefined || access.scopes.includes(scope))
      ? access
      : refusal(403, 'insufficient_scope', `${token} may not do this.`);
  }

  function answerEntries(request: SentRequest): Answer {
    const isReading = (request.method ?? 'GET') === 'GET';
    const access = accessOf(request, isReading ? 'entries:read' : 'entries:write');
    if ('status' in access) return access;
    const diary = diaries.get(access.user) ?? [];
    if (!isReading) return { status: 201, body: { written: true } };
    const shown =
      new URL(request.url).searchParams.get('access_token') ?? bearerIn(request.headers ?? {});
    const entries = diary.map(({ date, text }, index) => ({
      date,
      text,
      // Links that work wherever they are opened, as some APIs give them.
      self: `${SKYDIARY.entriesUrl}/${index + 1}?access_token=${shown}`,
    }));
    return { status: 200, body: { entries } };
  }

  function answerAccount(request: SentRequest): Answer {
    // Any token of its own will do, as at most endpoints that say who a user is.
    const access = accessOf(request);
    if ('status' in access) return access;
    return { status: 200, body: { user_id: access.user, mail: `${access.user}@mail.example` } };
  }

  function answer(request: SentRequest): Answer {
    const { origin, pathname } = new URL(request.url);
    switch (`${origin}${pathname}`) {
      case SKYDIARY.tokenEndpoint:
        return answerToken(request.body ?? '');
      case SKYDIARY.entriesUrl:
        return answerEntries(request);
      case SKYDIARY.accountUrl:
        return answerAccount(request);
      default:
        return refusal(404, 'not_found', 'There is nothing here.');
    }
  }

  return {
    clientSecret,
    async fetch(request) {
      const { status, body } = answer(request);
      tape.write({ kind: 'third-party', url: request.url, status, shown: asLogged(request) });
      return Response.json(body, { status });
    },
    register: (redirectUri) => void (callback = redirectUri),
    visit,
    write(user, text) {
      const date = new Date().toISOString().slice(0, 10);
      diaries.set(user, [...(diaries.get(user) ?? []), { date, text }]);
    },
    answer,
    refuse: (what) => void (refused = what),
    issued: () => issued,
  };
}

const refusal = (status: number, error: string, description: string): Answer => ({
  status,
  body: { error, error_description: description },
});

function bearerIn(headers: NonNullable<SentRequest['headers']>): string | undefined {
  const [, value] = Object.entries(headers).find(([name]) => /^authorization$/i.test(name)) ?? [];
  return /^Bearer +(\S+)$/i.exec([value].flat().join(', '))?.[1];
}

/** Everything that came, line by line. */
const asLogged = ({ method = 'GET', url, headers = {}, body = '' }: SentRequest): string =>
  [
    `${method} ${url}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${[value].flat().join(', ')}`),
    '',
    body,
  ].join('\n');
