import { randomBytes } from 'node:crypto';
import type { Request } from 'express';
import type {
  CreateThirdPartySignIn,
  WantedAccess,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'A browser that has agreed has a session here, which holds all the ways that it has begun; timers forget them.';

const sessionOf = (request: Request): string =>
  /(?:^|; )__Host-session=([\w-]+)/.exec(request.get('cookie') ?? '')?.[1] ?? '';

export const createThirdPartySignIn: CreateThirdPartySignIn = () => {
  const sessions = new Map<string, Map<string, WantedAccess>>();
  return {
    arrive: () => 'ask',
    allow(request, wanted, setCookie) {
      const known = sessionOf(request);
      const session = sessions.has(known) ? known : randomBytes(32).toString('base64url');
      const ways = sessions.get(session) ?? new Map<string, WantedAccess>();
      sessions.set(session, ways);
      const state = randomBytes(32).toString('base64url');
      ways.set(state, wanted);
      setTimeout(() => ways.delete(state), 10 * 60_000).unref();
      setCookie(`__Host-session=${session}; Path=/; Secure; HttpOnly; SameSite=Lax`);
      return state;
    },
    resume(request, state) {
      const ways = sessions.get(sessionOf(request));
      const wanted = ways?.get(state);
      if (!ways || !wanted) throw new OAuthError('access_denied', 'This was not begun here.');
      ways.delete(state);
      return wanted;
    },
  };
};
