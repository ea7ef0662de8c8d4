import { randomBytes } from 'node:crypto';
import type { Request } from 'express';
import type {
  CreateThirdPartySignIn,
  WantedAccess,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'One cookie lists the states of all ways that its browser is on, eight at most; a timer for each forgets it here.';

export const createThirdPartySignIn: CreateThirdPartySignIn = ({ issuer }) => {
  const isHttps = issuer.startsWith('https:');
  const name = isHttps ? '__Host-ways' : 'ways';
  const allowed = new Map<string, WantedAccess>();
  const listed = (request: Request): string[] =>
    new RegExp(`(?:^|; *)${name}=([\\w.-]+)`).exec(request.get('cookie') ?? '')?.[1]?.split('.') ??
    [];
  const written = (states: string[]): string =>
    `${name}=${states.join('.')}; Path=/; HttpOnly; SameSite=Lax${isHttps ? '; Secure' : ''}`;

  return {
    arrive: () => 'ask',
    allow(request, wanted, setCookie) {
      const state = randomBytes(32).toString('base64url');
      allowed.set(state, wanted);
      setTimeout(() => allowed.delete(state), 10 * 60_000).unref();
      setCookie(written([...listed(request), state].slice(-8)));
      return state;
    },
    resume(request, state, setCookie) {
      const wanted = allowed.get(state);
      const states = listed(request);
      if (!wanted || !states.includes(state)) {
        throw new OAuthError('access_denied', 'This was not agreed to here.');
      }
      allowed.delete(state);
      setCookie(written(states.filter((one) => one !== state)));
      return wanted;
    },
  };
};
