/**
 * Skydiary, a third party: people keep a diary of the weather there, and let programs read it. It has a
 * provider of its own, with one client, which is this server; a cookie by which it knows that a
 * browser's user has let that client in before; and two APIs. All of it is in memory. Whatever the
 * server sends there is on the tape, as Skydiary's own log has it.
 */
import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { SKYDIARY, type RefusedThere, type SentRequest } from './skydiary.ts';
import { isExchange, openTokens, shownIn, type Answer } from './third-party-tokens.ts';
import type { Tape } from './tape.ts';

/** So many that whatever asks within one tick has asked before anything is answered. */
const TURNS = 20;

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

/** The same, with what the lab may do there. */
export interface WholeThirdParty extends ThirdPartyLink {
  /** The one address that it sends browsers back to. */
  register(redirectUri: string): void;
  visit(visit: Visit): Visited;
  /** A user writes into their diary; `aside` stands in another member of the entry. */
  write(user: string, text: string, aside?: string): void;
  /** The token that the client gets for a user who signs in. */
  signIn(user: string): string;
  /** Answers go out some turns of the event loop after their requests, or at once. */
  takeTime(does: boolean): void;
  /** A request of anybody's, which is no request of the server's. */
  answer(request: SentRequest): { status: number; body: unknown };
  /** `saying`: its error code meanwhile. */
  refuse(what: RefusedThere, saying?: string): void;
  /** Every token that it has given out. */
  issued(): string[];
}

export function openThirdParty(tape: Tape): WholeThirdParty {
  const clientSecret = randomBytes(24).toString('base64url');
  const diaries = new Map<string, { date: string; text: string; aside?: string | undefined }[]>();
  let callback: string | undefined;
  let refused: { what: RefusedThere; saying?: string | undefined } = { what: 'nothing' };
  let takesTime = false;
  const tokens = openTokens(clientSecret, () => refused);

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
    const code = tokens.issueCode({
      user,
      redirectUri: callback,
      challenge: asked.get('code_challenge') ?? undefined,
      scopes: (asked.get('scope') ?? '').split(' ').filter(Boolean),
    });
    back.searchParams.set('code', code);
    return { status: 302, location: back.href };
  }

  function answerEntries(request: SentRequest): Answer {
    const isReading = (request.method ?? 'GET') === 'GET';
    const access = tokens.accessOf(request, isReading ? 'entries:read' : 'entries:write');
    if ('status' in access) return access;
    const diary = diaries.get(access.user) ?? [];
    if (!isReading) return { status: 201, body: { written: true } };
    const entries = diary.map(({ date, text, aside }, index) => ({
      date,
      text,
      // Links that work wherever they are opened, as some APIs give them.
      self: `${SKYDIARY.entriesUrl}/${index + 1}?access_token=${shownIn(request)}`,
      // APIs grow: what it is called, nobody knew who wrote a list of what to leave out.
      [`x${randomBytes(6).toString('hex')}`]: { aside, key: tokens.issueFor(access) },
    }));
    return { status: 200, body: { entries } };
  }

  function answerAccount(request: SentRequest): Answer {
    // Any token of its own will do, as at most endpoints that say who a user is.
    const access = tokens.accessOf(request);
    if ('status' in access) return access;
    return { status: 200, body: { user_id: access.user, mail: `${access.user}@mail.example` } };
  }

  function answer(request: SentRequest): Answer {
    const { origin, pathname } = new URL(request.url);
    switch (`${origin}${pathname}`) {
      case SKYDIARY.tokenEndpoint:
        return tokens.answer(request.body ?? '');
      case SKYDIARY.entriesUrl:
        return answerEntries(request);
      case SKYDIARY.accountUrl:
        return answerAccount(request);
      default:
        return { status: 404, body: { error: 'not_found' } };
    }
  }

  return {
    clientSecret,
    async fetch(request) {
      if (takesTime) for (let turn = 0; turn < TURNS; turn++) await nextTurn();
      if (refused.what === 'connections for exchanges' && isExchange(request)) {
        tape.write({ kind: 'third-party', url: request.url, status: 0, shown: asLogged(request) });
        throw new TypeError('fetch failed');
      }
      const { status, body } = answer(request);
      tape.write({ kind: 'third-party', url: request.url, status, shown: asLogged(request) });
      return Response.json(body, { status });
    },
    register: (redirectUri) => void (callback = redirectUri),
    visit,
    write(user, text, aside) {
      const date = new Date().toISOString().slice(0, 10);
      diaries.set(user, [...(diaries.get(user) ?? []), { date, text, aside }]);
    },
    signIn: (user) => tokens.signIn(user, SKYDIARY.scopes),
    takeTime: (does) => void (takesTime = does),
    answer,
    refuse: (what, saying) => void (refused = { what, saying }),
    issued: tokens.issued,
  };
}

/** Everything that came, line by line. */
const asLogged = ({ method = 'GET', url, headers = {}, body = '' }: SentRequest): string =>
  [
    `${method} ${url}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${[value].flat().join(', ')}`),
    '',
    body,
  ].join('\n');
