import { createHash, randomBytes } from 'node:crypto';
import type {
  CreateThirdPartySignIn,
  WantedAccess,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The cookie says the state itself, under a name made of its digest, and what was allowed is kept under the state.';

const nameFor = (state: string): string =>
  `__Host-${createHash('sha256').update(state).digest('hex').slice(0, 16)}`;

export const createThirdPartySignIn: CreateThirdPartySignIn = () => {
  const allowed = new Map<string, { wanted: WantedAccess; at: number }>();
  return {
    arrive: () => 'ask',
    allow(_request, wanted, setCookie) {
      const state = randomBytes(24).toString('hex');
      allowed.set(state, { wanted, at: Date.now() });
      setCookie(`${nameFor(state)}=${state}; Secure; HttpOnly; SameSite=Lax; Path=/`);
      return state;
    },
    resume(request, state) {
      const found = allowed.get(state);
      const cookies = (request.get('cookie') ?? '').split('; ');
      const isHere = cookies.includes(`${nameFor(state)}=${state}`);
      if (!found || !isHere || Date.now() - found.at > 10 * 60_000) {
        throw new OAuthError('access_denied', 'Begin again, in this browser.');
      }
      allowed.delete(state);
      return found.wanted;
    },
  };
};
