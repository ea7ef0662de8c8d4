import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type {
  CreateThirdPartySignIn,
  SetCookie,
  ThirdPartySignIn,
  WantedAccess,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';
import type { Mistake } from '../../solutions.ts';

const TEN_MINUTES_MS = 10 * 60_000;
const LAX = 'HttpOnly; SameSite=Lax; Path=/';

interface Trip {
  wanted: WantedAccess;
  proof: string;
  until: number;
}

/** What one server remembers; of a browser, what its cookies say. */
interface Memory {
  trips: Map<string, Trip>;
  /** What was agreed to, as `consentKey` spells it. */
  consents: Set<string>;
  key: Buffer;
  /** With https every cookie has a prefix. */
  cookie: (request: Request, name: string) => string | undefined;
}

interface Choices {
  /** Remembers a consent under this; undefined: asks each time. */
  consentKey?: (wanted: WantedAccess, browser: string) => string;
  /** When a remembered consent will do. */
  trusts?: (request: Request) => boolean;
  /** Whom to turn away at once. */
  turnsAway?: (request: Request) => boolean;
  /** Also when the page is only shown. */
  remembersAtArrival?: boolean;
  /** Without a cookie, where the consent was remembered. */
  goesWithoutCookie?: boolean;
  /** In any browser, where the consent was remembered. */
  goesUnbound?: boolean;
  makeState?: (wanted: WantedAccess, memory: Memory) => string;
  /** Makes the trip, cookie and all, when the page is shown. */
  beginsAtArrival?: boolean;
  cookieName?: (state: string) => string;
  attributes?: string;
  /** What cookies are called with https, and what else is said of them then. */
  prefix?: string;
  secure?: string;
  readCookie?: (header: string, name: string) => string | undefined;
  lifetimeMs?: number;
  /** Under which trips are kept. */
  tripKey?: (state: string, wanted: WantedAccess) => string;
  find?: (memory: Memory, request: Request, state: string) => Trip | undefined;
  fits?: (request: Request, state: string, trip: Trip, memory: Memory) => boolean;
  stays?: boolean | ((request: Request) => boolean);
  takesCookieAway?: boolean;
}

const randomText = (): string => randomBytes(24).toString('base64url');

function valueIn(header: string, name: string): string | undefined {
  const pairs = header.split(/; */);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

const isLedByNobody = (request: Request): boolean => {
  const site = request.get('sec-fetch-site');
  return site === 'none' || site === 'same-origin';
};

const refuse = (): never => {
  throw new OAuthError('access_denied', 'This was not agreed to here.');
};

/** Right in all that is not chosen otherwise. */
const signInWith =
  (choices: Choices): CreateThirdPartySignIn =>
  ({ issuer }) => {
    const {
      consentKey,
      trusts = isLedByNobody,
      turnsAway = () => false,
      remembersAtArrival = false,
      goesWithoutCookie = false,
      goesUnbound = false,
      makeState = randomText,
      beginsAtArrival = false,
      cookieName = (state) => `trip_${state.slice(0, 12)}`,
      attributes = LAX,
      prefix = '__Host-',
      secure = '; Secure',
      readCookie = valueIn,
      lifetimeMs = TEN_MINUTES_MS,
      tripKey = (state) => state,
      find = ({ trips }, _request, state) => trips.get(state),
      fits = (request, state, { proof }, { cookie }) =>
        cookie(request, cookieName(state)) === proof,
      stays = false,
      takesCookieAway = false,
    } = choices;
    const isHttps = issuer.startsWith('https:');
    const called = (name: string): string => (isHttps ? prefix : '') + name;
    const said = (text: string): string => text + (isHttps ? secure : '');
    const cookie: Memory['cookie'] = (request, name) =>
      readCookie(request.get('cookie') ?? '', called(name));
    const memory: Memory = {
      trips: new Map(),
      consents: new Set(),
      key: randomBytes(32),
      cookie,
    };
    const { trips, consents } = memory;
    const unbound = new Set<string>();
    const browserOf = (request: Request): string => cookie(request, 'browser') ?? randomText();

    function begin(wanted: WantedAccess, setCookie: SetCookie): string {
      const state = makeState(wanted, memory);
      const proof = trips.get(state)?.proof ?? randomText();
      trips.set(tripKey(state, wanted), { wanted, proof, until: Date.now() + lifetimeMs });
      setCookie(`${called(cookieName(state))}=${proof}; ${said(attributes)}`);
      return state;
    }

    function remember(request: Request, wanted: WantedAccess, setCookie: SetCookie): void {
      if (!consentKey) return;
      const browser = browserOf(request);
      setCookie(`${called('browser')}=${browser}; ${said(LAX)}`);
      consents.add(consentKey(wanted, browser));
    }

    return {
      arrive(request, wanted, setCookie) {
        if (turnsAway(request)) return refuse();
        const key = consentKey?.(wanted, browserOf(request));
        const isKnown = key !== undefined && consents.has(key) && trusts(request);
        if (isKnown) {
          const state = begin(wanted, goesWithoutCookie ? () => undefined : setCookie);
          if (goesUnbound) unbound.add(state);
          return { state };
        }
        if (remembersAtArrival) remember(request, wanted, setCookie);
        if (beginsAtArrival) begin(wanted, setCookie);
        return 'ask';
      },
      allow(request, wanted, setCookie) {
        remember(request, wanted, setCookie);
        return begin(wanted, setCookie);
      },
      resume(request, state, setCookie) {
        const trip = find(memory, request, state);
        if (!trip || trip.until < Date.now()) return refuse();
        if (!unbound.has(state) && !fits(request, state, trip, memory)) return refuse();
        if (takesCookieAway) {
          setCookie(`${called(cookieName(state))}=; ${said(attributes)}; Max-Age=0`);
        }
        const staysNow = typeof stays === 'function' ? stays(request) : stays;
        if (!staysNow) for (const [key, kept] of trips) if (kept === trip) trips.delete(key);
        return trip.wanted;
      },
    };
  };

/** The same, with some of its decisions changed from outside. */
const changed =
  (
    choices: Choices,
    change: (own: ThirdPartySignIn) => Partial<ThirdPartySignIn>,
  ): CreateThirdPartySignIn =>
  (config) => {
    const own = signInWith(choices)(config);
    return {
      arrive: (...asked) => own.arrive(...asked),
      allow: (...asked) => own.allow(...asked),
      resume: (...back) => own.resume(...back),
      ...change(own),
    };
  };

const all = (wanted: WantedAccess, browser: string): string =>
  JSON.stringify([browser, wanted.clientId, wanted.asked.redirectUri, wanted.asked.scopes]);

const write = (wanted: WantedAccess): string =>
  Buffer.from(JSON.stringify(wanted)).toString('base64url');
const read = (state: string): Trip | undefined => {
  try {
    const text = Buffer.from(state, 'base64url').toString();
    return { wanted: JSON.parse(text) as WantedAccess, proof: '', until: Infinity };
  } catch {
    return undefined;
  }
};

const hmac = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');

/** Asks no browser a second time. */
const BY_BROWSER: Choices = { consentKey: (_wanted, browser) => browser };

export const mistakes: Mistake[] = [
  {
    name: 'consent-for-every-client',
    mistake: 'A browser that has agreed once is not asked again, whichever client is asking now.',
    caughtBy: ['up-rides-consent', 'up-no-is-told'],
    controls: { createThirdPartySignIn: signInWith({ consentKey: (_wanted, browser) => browser }) },
  },
  {
    name: 'consent-without-the-address',
    mistake: 'A consent is remembered for a client, and not for the address that its code goes to.',
    caughtBy: ['up-rides-consent'],
    controls: {
      createThirdPartySignIn: signInWith({
        consentKey: ({ clientId, asked }, browser) =>
          JSON.stringify([browser, clientId, asked.scopes]),
      }),
    },
  },
  {
    name: 'consent-without-scopes',
    mistake: 'A consent is remembered for a client and its address, whatever it asks for later.',
    caughtBy: ['up-rides-consent'],
    controls: {
      createThirdPartySignIn: signInWith({
        consentKey: ({ clientId, asked }, browser) =>
          JSON.stringify([browser, clientId, asked.redirectUri]),
      }),
    },
  },
  {
    name: 'consent-for-an-address',
    mistake: 'A consent is remembered for the host of the address, as if a host were a client.',
    caughtBy: ['up-rides-consent', 'up-no-is-told'],
    controls: {
      createThirdPartySignIn: signInWith({
        consentKey: ({ asked }, browser) =>
          JSON.stringify([browser, new URL(asked.redirectUri).host]),
      }),
    },
  },
  {
    name: 'consent-of-anybody',
    mistake: 'What one user has agreed to in their browser counts as agreed to in every browser.',
    caughtBy: ['up-rides-consent'],
    controls: { createThirdPartySignIn: signInWith({ consentKey: (wanted) => all(wanted, '') }) },
  },
  {
    name: 'consent-once-shown',
    mistake: 'The page is noted as shown, and the next time that counts as agreed to.',
    caughtBy: ['up-rides-consent'],
    controls: {
      createThirdPartySignIn: signInWith({ consentKey: all, remembersAtArrival: true }),
    },
  },
  {
    name: 'consent-whoever-leads-here',
    mistake: 'A remembered consent will do, also where another site has led the browser here.',
    caughtBy: ['up-server-between'],
    controls: { createThirdPartySignIn: signInWith({ consentKey: all, trusts: () => true }) },
  },
  {
    name: 'no-site-is-no-other-site',
    mistake:
      'A browser that does not say which site has led it here is taken for one that none has.',
    caughtBy: ['up-server-between'],
    controls: {
      createThirdPartySignIn: signInWith({
        consentKey: all,
        trusts: (request) => request.get('sec-fetch-site') !== 'cross-site',
      }),
    },
  },
  {
    name: 'consent-by-referer',
    mistake:
      'Whether another site has led the browser here is read from Referer, which that site can leave out.',
    caughtBy: ['up-server-between'],
    controls: {
      createThirdPartySignIn: signInWith({
        consentKey: all,
        trusts: (request) => request.get('referer') === undefined,
      }),
    },
  },
  {
    name: 'state-is-the-request',
    mistake: 'The page asks, and the state then says in plain base64 what was asked for.',
    caughtBy: [
      'up-other-browser',
      'up-code-of-another',
      'up-state-early',
      'up-state-twice',
      'up-state-late',
      'up-planted-cookie',
      'up-cookie-read',
      'up-in-a-frame',
    ],
    controls: {
      createThirdPartySignIn: () => ({
        arrive: () => 'ask' as const,
        allow: (_request, wanted) => write(wanted),
        resume: (_request, state) => read(state)?.wanted ?? refuse(),
      }),
    },
  },
  {
    name: 'signed-state',
    mistake:
      'The state is signed and expires, and is good in any browser and as often as one likes.',
    caughtBy: [
      'up-other-browser',
      'up-code-of-another',
      'up-state-early',
      'up-state-twice',
      'up-planted-cookie',
      'up-cookie-read',
      'up-in-a-frame',
    ],
    controls: {
      createThirdPartySignIn: () => {
        const key = randomBytes(32);
        return {
          arrive: () => 'ask' as const,
          allow(_request, wanted) {
            const text = write({ ...wanted, until: Date.now() + TEN_MINUTES_MS } as WantedAccess);
            return `${text}.${hmac(key, text)}`;
          },
          resume(_request, state) {
            const [text = '', tag] = state.split('.');
            const found = tag === hmac(key, text) ? read(text) : undefined;
            const { until } = (found?.wanted ?? {}) as { until?: number };
            return found && Date.now() < (until ?? 0) ? found.wanted : refuse();
          },
        };
      },
    },
  },
  {
    name: 'any-browser-will-do',
    mistake: 'The state is random and good once, and whichever browser brings it is the right one.',
    caughtBy: [
      'up-other-browser',
      'up-code-of-another',
      'up-state-early',
      'up-planted-cookie',
      'up-cookie-read',
      'up-in-a-frame',
    ],
    controls: { createThirdPartySignIn: signInWith({ fits: () => true }) },
  },
  {
    name: 'browsers-without-cookies',
    mistake:
      'A browser that sends no cookies at all is taken for one that keeps none, and is let through.',
    caughtBy: [
      'up-other-browser',
      'up-state-early',
      'up-planted-cookie',
      'up-cookie-read',
      'up-in-a-frame',
    ],
    controls: {
      createThirdPartySignIn: signInWith({
        fits: (request, state, { proof }, { cookie }) =>
          request.get('cookie') === undefined ||
          cookie(request, `trip_${state.slice(0, 12)}`) === proof,
      }),
    },
  },
  {
    name: 'other-sites-turned-away',
    mistake: 'Whoever is led here by another site is turned away, and so are apps that are pages.',
    caughtBy: ['up-once-more'],
    controls: {
      createThirdPartySignIn: signInWith({
        turnsAway: (request) => request.get('sec-fetch-site') === 'cross-site',
      }),
    },
  },
  {
    name: 'old-browsers-turned-away',
    mistake: 'A browser that does not say which site has led it here is turned away.',
    caughtBy: ['up-once-more'],
    controls: {
      createThirdPartySignIn: signInWith({
        turnsAway: (request) => request.get('sec-fetch-site') === undefined,
      }),
    },
  },
  {
    name: 'remembered-without-a-cookie',
    mistake:
      'Where a consent is remembered, the browser is sent on without the cookie that it comes back by.',
    caughtBy: [
      'up-state-twice',
      'up-cookie-read',
      'up-in-a-frame',
      'up-once-more',
      'up-row-deleted',
    ],
    controls: {
      createThirdPartySignIn: signInWith({ consentKey: all, goesWithoutCookie: true }),
    },
  },
  {
    name: 'bound-to-the-user-agent',
    mistake: 'The browser is told by its User-Agent and its address, which many browsers share.',
    caughtBy: [
      'up-other-browser',
      'up-code-of-another',
      'up-state-early',
      'up-planted-cookie',
      'up-cookie-read',
      'up-in-a-frame',
    ],
    controls: {
      createThirdPartySignIn: () => {
        const trips = new Map<string, Trip>();
        const browserOf = (request: Request): string =>
          `${request.get('user-agent')} ${request.socket.remoteAddress}`;
        return {
          arrive: () => 'ask' as const,
          allow(request, wanted) {
            const state = randomText();
            const until = Date.now() + TEN_MINUTES_MS;
            trips.set(state, { wanted, proof: browserOf(request), until });
            return state;
          },
          resume(request, state) {
            const trip = trips.get(state);
            const fits = trip && trip.until > Date.now() && trip.proof === browserOf(request);
            trips.delete(state);
            return fits ? trip.wanted : refuse();
          },
        };
      },
    },
  },
  {
    name: 'any-browser-that-agreed',
    mistake: 'The cookie says that this browser has agreed to something, and not to what.',
    caughtBy: ['up-other-browser', 'up-code-of-another'],
    controls: {
      createThirdPartySignIn: signInWith({
        cookieName: () => 'agreed',
        fits: (request, _state, _trip, { cookie }) => cookie(request, 'agreed') !== undefined,
      }),
    },
  },
  {
    name: 'any-trip-of-any-browser',
    mistake:
      'That the browser is on some trip is checked, and that the state is of some trip, but not that both are the same.',
    caughtBy: ['up-other-browser', 'up-code-of-another'],
    controls: {
      createThirdPartySignIn: signInWith({
        fits: (request, _state, _trip, { trips, cookie }) =>
          [...trips.keys()].some((state) => cookie(request, `trip_${state.slice(0, 12)}`)),
      }),
    },
  },
  {
    name: 'the-cookie-alone',
    mistake:
      'What was allowed is found by the cookie, and what the address says of a state is not looked at.',
    caughtBy: ['up-code-of-another', 'up-two-under-way'],
    controls: {
      createThirdPartySignIn: signInWith({
        cookieName: () => 'trip',
        find: ({ trips, cookie }, request) =>
          [...trips.values()].find(({ proof }) => proof === cookie(request, 'trip')),
        fits: () => true,
      }),
    },
  },
  {
    name: 'the-newest-of-this-browser',
    mistake:
      'Of the trips that a browser has cookies of, the first is taken, whichever state comes back.',
    caughtBy: ['up-code-of-another'],
    controls: {
      createThirdPartySignIn: signInWith({
        find: ({ trips, cookie }, request, state) => {
          const exact = trips.get(state);
          const isOwn = (one: string): boolean =>
            cookie(request, `trip_${one.slice(0, 12)}`) === trips.get(one)?.proof;
          if (exact && isOwn(state)) return exact;
          return [...trips].find(([one]) => isOwn(one))?.[1];
        },
        fits: () => true,
      }),
    },
  },
  {
    name: 'cookie-with-the-page',
    mistake: 'State and cookie are made with the page, so that whoever was shown it has them.',
    caughtBy: ['up-state-early'],
    controls: {
      createThirdPartySignIn: signInWith({
        beginsAtArrival: true,
        makeState: (wanted, { key }) => hmac(key, write(wanted)),
      }),
    },
  },
  {
    name: 'state-of-the-client',
    mistake: 'The client’s own state is passed on as ours, and its cookie is set with the page.',
    caughtBy: ['up-state-early'],
    controls: {
      createThirdPartySignIn: signInWith({
        beginsAtArrival: true,
        makeState: ({ asked }) => asked.state ?? '',
      }),
    },
  },
  {
    name: 'state-stays',
    mistake: 'A state is not used up: the same way can be gone again for ten minutes.',
    caughtBy: ['up-state-twice'],
    controls: { createThirdPartySignIn: signInWith({ stays: true }) },
  },
  {
    name: 'state-for-ever',
    mistake: 'A yes that nobody has come back from counts for as long as the server runs.',
    caughtBy: ['up-state-late'],
    controls: { createThirdPartySignIn: signInWith({ lifetimeMs: Infinity }) },
  },
  {
    name: 'state-for-an-hour',
    mistake: 'A yes counts for an hour.',
    caughtBy: ['up-state-late'],
    controls: { createThirdPartySignIn: signInWith({ lifetimeMs: 6 * TEN_MINUTES_MS }) },
  },
  {
    name: 'the-browser-forgets',
    mistake: 'The cookie ends after ten minutes, if the browser likes, and nothing ends here.',
    caughtBy: ['up-state-late'],
    controls: {
      createThirdPartySignIn: signInWith({
        lifetimeMs: Infinity,
        attributes: `${LAX}; Max-Age=600`,
      }),
    },
  },
  {
    name: 'state-for-a-minute',
    mistake: 'A yes counts for a minute, in which nobody finds their second factor.',
    caughtBy: ['up-nine-minutes'],
    controls: { createThirdPartySignIn: signInWith({ lifetimeMs: TEN_MINUTES_MS / 10 }) },
  },
  {
    name: 'strict-cookie',
    mistake:
      'The cookie is `Strict`, and does not come along when the browser comes back from another site.',
    caughtBy: [
      'up-state-twice',
      'up-state-late',
      'up-planted-cookie',
      'up-cookie-read',
      'up-first-time',
      'up-once-more',
      'up-over-https',
      'up-other-cookies',
      'up-two-under-way',
      'up-two-browsers',
      'up-no-is-told',
      'up-nine-minutes',
    ],
    controls: {
      createThirdPartySignIn: signInWith({ attributes: 'HttpOnly; SameSite=Strict; Path=/' }),
    },
  },
  {
    name: 'one-cookie-for-all-trips',
    mistake: 'All trips of a browser share one cookie, so that the second one ends the first.',
    caughtBy: ['up-two-under-way'],
    controls: { createThirdPartySignIn: signInWith({ cookieName: () => 'trip' }) },
  },
  {
    name: 'one-trip-for-a-client',
    mistake:
      'Trips are kept under their clients, so that the second user of an app ends the way of the first.',
    caughtBy: ['up-two-browsers'],
    controls: {
      createThirdPartySignIn: signInWith({
        makeState: ({ clientId }) => `${randomText()}.${clientId}`,
        tripKey: (_state, { clientId }) => clientId,
        find: ({ trips }, _request, state) => trips.get(state.split('.')[1] ?? ''),
      }),
    },
  },
  {
    name: 'one-trip-at-a-time',
    mistake: 'The server remembers the trip that was begun last, whoever has begun it.',
    caughtBy: ['up-two-under-way', 'up-two-browsers'],
    controls: {
      createThirdPartySignIn: signInWith({
        tripKey: () => 'the trip',
        find: ({ trips }) => trips.get('the trip'),
      }),
    },
  },
  {
    name: 'wants-a-code',
    mistake: 'Who comes back without a code is refused, so that a no never reaches the client.',
    caughtBy: ['up-no-is-told'],
    controls: {
      createThirdPartySignIn: changed({}, (own) => ({
        async resume(request, state, setCookie) {
          const wanted = await own.resume(request, state, setCookie);
          return request.query.code === undefined ? refuse() : wanted;
        },
      })),
    },
  },
  {
    name: 'remembered-way-in-any-browser',
    mistake:
      'A way that begins with a remembered consent has a state, and no browser that it belongs to.',
    caughtBy: ['up-other-browser', 'up-planted-cookie', 'up-cookie-read', 'up-in-a-frame'],
    controls: { createThirdPartySignIn: signInWith({ consentKey: all, goesUnbound: true }) },
  },
  {
    name: 'consents-in-parts',
    mistake:
      'For each client the addresses and the scopes of its consents are remembered, and not which belonged together.',
    caughtBy: ['up-rides-consent'],
    controls: () => {
      const addresses = new Set<string>();
      const scopes = new Set<string>();
      const parts = ({ clientId, asked }: WantedAccess): [string, string[]] => [
        `${clientId} ${asked.redirectUri}`,
        asked.scopes.map((scope) => `${clientId} ${scope}`),
      ];
      return {
        createThirdPartySignIn: changed(BY_BROWSER, (own) => ({
          arrive(request, wanted, setCookie) {
            const [address, asked] = parts(wanted);
            const isKnown = addresses.has(address) && asked.every((one) => scopes.has(one));
            return isKnown ? own.arrive(request, wanted, setCookie) : 'ask';
          },
          allow(request, wanted, setCookie) {
            const [address, asked] = parts(wanted);
            addresses.add(address);
            for (const one of asked) scopes.add(one);
            return own.allow(request, wanted, setCookie);
          },
        })),
      };
    },
  },
  {
    name: 'addresses-of-any-client',
    mistake: 'Clients, addresses and scopes that were agreed to are kept in a list each.',
    caughtBy: ['up-rides-consent'],
    controls: () => {
      const known = new Set<string>();
      const parts = ({ clientId, asked }: WantedAccess): string[] => [
        clientId,
        asked.redirectUri,
        ...asked.scopes,
      ];
      return {
        createThirdPartySignIn: changed(BY_BROWSER, (own) => ({
          arrive: (request, wanted, setCookie) =>
            parts(wanted).every((part) => known.has(part))
              ? own.arrive(request, wanted, setCookie)
              : 'ask',
          allow(request, wanted, setCookie) {
            for (const part of parts(wanted)) known.add(part);
            return own.allow(request, wanted, setCookie);
          },
        })),
      };
    },
  },
  {
    name: 'a-new-yes-for-old-ways',
    mistake:
      'All ways end ten minutes after the latest yes, so that each yes makes the others longer.',
    caughtBy: ['up-state-late'],
    controls: () => {
      let latest = 0;
      return {
        createThirdPartySignIn: changed({ lifetimeMs: Infinity }, (own) => ({
          allow(...asked) {
            latest = Date.now();
            return own.allow(...asked);
          },
          resume: (...back) =>
            Date.now() - latest < TEN_MINUTES_MS ? own.resume(...back) : refuse(),
        })),
      };
    },
  },
  {
    name: 'remembered-way-for-ever',
    mistake: 'A way that begins with a remembered consent has no end of its own.',
    caughtBy: ['up-state-late'],
    controls: {
      createThirdPartySignIn: (config) => {
        const asked = signInWith({})(config);
        const remembering = signInWith({ consentKey: all, lifetimeMs: Infinity })(config);
        const remembered = new Set<string>();
        return {
          async arrive(...arriving) {
            const onward = await remembering.arrive(...arriving);
            if (onward !== 'ask') remembered.add(onward.state);
            return onward;
          },
          async allow(request, wanted, setCookie) {
            await remembering.allow(request, wanted, setCookie);
            return asked.allow(request, wanted, setCookie);
          },
          resume: (request, state, setCookie) =>
            (remembered.has(state) ? remembering : asked).resume(request, state, setCookie),
        };
      },
    },
  },
  {
    name: 'cookie-taken-away',
    mistake: 'What is used up is the cookie, of which there may be a copy, and not the state.',
    caughtBy: ['up-state-twice'],
    controls: {
      createThirdPartySignIn: signInWith({ stays: true, takesCookieAway: true }),
    },
  },
  {
    name: 'a-no-uses-nothing-up',
    mistake: 'A state is used up when there is a code, and stays good after a no.',
    caughtBy: ['up-state-twice'],
    controls: {
      createThirdPartySignIn: signInWith({
        stays: (request) => request.query.code === undefined,
        takesCookieAway: true,
      }),
    },
  },
  {
    name: 'found-and-later-used-up',
    mistake: 'Between finding a state and using it up the server waits, and finds it once more.',
    caughtBy: ['up-state-twice'],
    controls: {
      createThirdPartySignIn: changed({ stays: true }, (own) => {
        const used = new Set<string>();
        return {
          async resume(request, state, setCookie) {
            if (used.has(state)) return refuse();
            const wanted = await own.resume(request, state, setCookie);
            await crypto.subtle.digest('SHA-256', Buffer.from(state));
            used.add(state);
            return wanted;
          },
        };
      }),
    },
  },
  {
    name: 'browser-named-with-the-page',
    mistake:
      'Each browser gets its number when the page is shown, so that a yes is bound to what was there before it.',
    caughtBy: ['up-state-early'],
    controls: {
      createThirdPartySignIn: (config) => {
        const isHttps = config.issuer.startsWith('https:');
        const name = isHttps ? '__Host-number' : 'number';
        const ways = new Map<string, Trip>();
        const numberIn = (request: Request): string | undefined =>
          valueIn(request.get('cookie') ?? '', name);
        const numbered = (request: Request, setCookie: SetCookie): string => {
          const known = numberIn(request);
          if (known !== undefined) return known;
          const number = randomText();
          setCookie(`${name}=${number}; ${LAX}${isHttps ? '; Secure' : ''}`);
          return number;
        };
        return {
          arrive(request, _wanted, setCookie) {
            numbered(request, setCookie);
            return 'ask' as const;
          },
          allow(request, wanted, setCookie) {
            const state = randomText();
            const until = Date.now() + TEN_MINUTES_MS;
            ways.set(state, { wanted, proof: numbered(request, setCookie), until });
            return state;
          },
          resume(request, state) {
            const way = ways.get(state);
            if (!way || way.until < Date.now() || numberIn(request) !== way.proof) return refuse();
            ways.delete(state);
            return way.wanted;
          },
        };
      },
    },
  },
  {
    name: 'cookie-for-scripts',
    mistake: 'The cookie is not `HttpOnly`, so that any script in a page of this host can read it.',
    caughtBy: ['up-cookie-read'],
    controls: { createThirdPartySignIn: signInWith({ attributes: 'SameSite=Lax; Path=/' }) },
  },
  {
    name: 'cookie-of-no-site',
    mistake: 'The cookie does not say `SameSite`, which browsers take for one thing or another.',
    caughtBy: ['up-in-a-frame'],
    controls: { createThirdPartySignIn: signInWith({ attributes: 'HttpOnly; Path=/' }) },
  },
  {
    name: 'cookie-for-every-site',
    mistake:
      'With https the cookie is `SameSite=None`, so that it goes along into frames of other sites.',
    caughtBy: ['up-in-a-frame'],
    controls: {
      createThirdPartySignIn: (config) =>
        signInWith({
          attributes: config.issuer.startsWith('https:') ? 'HttpOnly; SameSite=None; Path=/' : LAX,
        })(config),
    },
  },
  {
    name: 'cookie-that-browsers-drop',
    mistake: 'With http as well the cookie is `SameSite=None`, and browsers drop it.',
    caughtBy: [
      'up-rides-consent',
      'up-server-between',
      'up-other-browser',
      'up-code-of-another',
      'up-state-early',
      'up-state-twice',
      'up-state-late',
      'up-cookie-read',
      'up-in-a-frame',
      'up-token-at-rest',
      'up-token-moved',
      'up-token-planted',
      'up-diary-of-another',
      'up-own-token-sent',
      'up-broad-token',
      'up-token-in-answer',
      'up-first-time',
      'up-once-more',
      'up-other-cookies',
      'up-begin-anew',
      'up-two-under-way',
      'up-two-browsers',
      'up-any-client-of-a-user',
      'up-row-deleted',
      'up-no-is-told',
      'up-nine-minutes',
      'up-reads-for-weeks',
    ],
    controls: {
      createThirdPartySignIn: signInWith({ attributes: 'HttpOnly; SameSite=None; Path=/' }),
    },
  },
  {
    name: 'cookie-without-a-prefix',
    mistake: 'With https the cookie is `Secure`, and its name is one that a neighbor can use.',
    caughtBy: ['up-planted-cookie'],
    controls: { createThirdPartySignIn: signInWith({ prefix: '' }) },
  },
  {
    name: 'cookie-with-the-other-prefix',
    mistake: 'The cookie is called `__Secure-…`, which keeps out http, and no neighbor.',
    caughtBy: ['up-planted-cookie'],
    controls: { createThirdPartySignIn: signInWith({ prefix: '__Secure-' }) },
  },
  {
    name: 'prefix-not-insisted-on',
    mistake: 'A cookie without the prefix will do as well, as one from before there was https.',
    caughtBy: ['up-planted-cookie'],
    controls: {
      createThirdPartySignIn: signInWith({
        readCookie: (header, name) =>
          valueIn(header, name) ?? valueIn(header, name.replace('__Host-', '')),
      }),
    },
  },
  {
    name: 'anywhere-in-the-header',
    mistake:
      'Name and value are looked for anywhere in the header, as in the value of another cookie.',
    caughtBy: ['up-planted-cookie'],
    controls: {
      createThirdPartySignIn: signInWith({
        readCookie: (header, name) => new RegExp(`${name}=([\\w-]+)`).exec(header)?.[1],
      }),
    },
  },
  {
    name: 'names-decoded',
    mistake:
      'Names of cookies are decoded, so that `%5F_Host-` becomes the name that nobody can set.',
    caughtBy: ['up-planted-cookie'],
    controls: {
      createThirdPartySignIn: signInWith({
        readCookie: (header, name) => valueIn(header.replaceAll('%5F', '_'), name),
      }),
    },
  },
  {
    name: 'host-cookie-with-a-path',
    mistake: 'The `__Host-` cookie has another path than `/`, and browsers drop it.',
    caughtBy: ['up-planted-cookie', 'up-cookie-read', 'up-in-a-frame', 'up-over-https'],
    controls: {
      createThirdPartySignIn: signInWith({ attributes: 'HttpOnly; SameSite=Lax; Path=/authorize' }),
    },
  },
  {
    name: 'host-cookie-without-secure',
    mistake: 'The `__Host-` cookie is not `Secure`, and browsers drop it.',
    caughtBy: ['up-planted-cookie', 'up-cookie-read', 'up-in-a-frame', 'up-over-https'],
    controls: { createThirdPartySignIn: signInWith({ secure: '' }) },
  },
  {
    name: 'all-cookies-decoded',
    mistake: 'Every cookie of the header is decoded, and one of somebody else’s says `100%`.',
    caughtBy: ['up-other-cookies', 'up-begin-anew'],
    controls: {
      createThirdPartySignIn: signInWith({
        readCookie(header, name) {
          const pairs = header.split(/; */).map((pair) => pair.split('='));
          const values = pairs.map(
            ([one, value = '']) => [one, decodeURIComponent(value)] as const,
          );
          return values.find(([one]) => one === name)?.[1];
        },
      }),
    },
  },
  {
    name: 'every-cookie-has-a-name',
    mistake: 'A cookie without a name, of somebody else’s, is an error of the server’s.',
    caughtBy: ['up-other-cookies'],
    controls: {
      createThirdPartySignIn: signInWith({
        readCookie(header, name) {
          for (const pair of header.split(/; */)) {
            if (pair === '') continue;
            const [, one, value] = /^([^=]+)=(.*)$/.exec(pair) ?? [];
            if (one === undefined) throw new Error(`What cookie is ${pair}?`);
            if (one === name) return value;
          }
          return undefined;
        },
      }),
    },
  },
  {
    name: 'lengths-not-compared',
    mistake: 'A cookie of another length is an error of the server’s: `timingSafeEqual` throws.',
    caughtBy: ['up-begin-anew'],
    controls: {
      createThirdPartySignIn: signInWith({
        fits: (request, state, { proof }, { cookie }) => {
          const shown = cookie(request, `trip_${state.slice(0, 12)}`);
          return shown !== undefined && timingSafeEqual(Buffer.from(shown), Buffer.from(proof));
        },
      }),
    },
  },
  {
    name: 'ways-in-an-object',
    mistake:
      'Ways are members of an object, which has members that nobody made, such as `constructor`.',
    caughtBy: ['up-begin-anew'],
    controls: {
      createThirdPartySignIn: changed({}, (own) => {
        const ways: Record<string, WantedAccess> = {};
        return {
          async allow(request, wanted, setCookie) {
            const state = await own.allow(request, wanted, setCookie);
            ways[state] = wanted;
            return state;
          },
          resume(request, state, setCookie) {
            const known = ways[state];
            if (!known) return refuse();
            if (known.asked.redirectUri.startsWith('javascript:')) return refuse();
            return own.resume(request, state, setCookie);
          },
        };
      }),
    },
  },
  {
    name: 'a-cookie-there-must-be',
    mistake: 'A browser that comes back without a cookie is an error of the server’s.',
    caughtBy: ['up-begin-anew'],
    controls: {
      createThirdPartySignIn: signInWith({
        readCookie(header, name) {
          const value = valueIn(header, name);
          if (value === undefined && name.includes('trip_')) throw new Error(`no ${name}`);
          return value;
        },
      }),
    },
  },
];
