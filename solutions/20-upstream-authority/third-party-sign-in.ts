import { randomBytes, timingSafeEqual } from 'node:crypto';
import type {
  CreateThirdPartySignIn,
  WantedAccess,
} from '../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../exercises/weather-server/errors.ts';

const MINUTES = 10;
const LASTS_MS = MINUTES * 60_000;
/** So much of a state names its cookie. */
const NAME_LENGTH = 16;

/** A trip to the third party that a user has agreed to. */
interface Trip {
  wanted: WantedAccess;
  /** What the cookie of the browser says. */
  proof: string;
  until: number;
}

/**
 * Asks about each request, on our own page, before the third party is opened: there all our clients are
 * one, which its user agreed to once (MCP, Confused Deputy Problem). Nothing is remembered, for a public
 * client cannot prove that it is the one from last time, and a client document is the same at every
 * server, so that another server can send a user here in its name.
 *
 * What was agreed to stays here, and is found again by two random values that are made after the yes:
 * the state, which whoever sees the URL has, and the cookie, which only this browser has. A state alone
 * would do in any browser: an attacker agrees in their own, and sends the rest of the way to somebody
 * who is signed in at the third party. The cookie alone would do for any state.
 *
 * Each trip has a cookie of its own, so that two can be under way. It is `Lax`, because the way back
 * begins at another site; with https it is a `__Host-` one, which no neighbouring host can plant.
 */
export const createThirdPartySignIn: CreateThirdPartySignIn = ({ issuer }) => {
  const isSecure = issuer.startsWith('https:');
  const prefix = isSecure ? '__Host-third_party_' : 'third_party_';
  const attributes = `HttpOnly; SameSite=Lax; Path=/${isSecure ? '; Secure' : ''}`;
  const cookieFor = (state: string): string => prefix + state.slice(0, NAME_LENGTH);
  /** State -> trip, the oldest first. */
  const trips = new Map<string, Trip>();

  return {
    arrive: () => 'ask',

    allow(_request, wanted, setCookie) {
      const [state, proof] = [randomText(), randomText()];
      trips.set(state, { wanted, proof, until: Date.now() + LASTS_MS });
      setCookie(`${cookieFor(state)}=${proof}; Max-Age=${MINUTES * 60}; ${attributes}`);
      return state;
    },

    resume(request, state, setCookie) {
      for (const [oldest, { until }] of trips) {
        if (until > Date.now()) break;
        trips.delete(oldest);
      }
      const trip = trips.get(state);
      if (!trip || !isSame(cookieIn(request.get('cookie'), cookieFor(state)), trip.proof)) {
        throw new OAuthError('access_denied', 'This browser has not agreed to this. Begin anew.');
      }
      trips.delete(state);
      setCookie(`${cookieFor(state)}=; Max-Age=0; ${attributes}`);
      return trip.wanted;
    },
  };
};

const randomText = (): string => randomBytes(32).toString('base64url');

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

const cookieIn = (header = '', name: string): string =>
  header
    .split(/; */)
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? '';
