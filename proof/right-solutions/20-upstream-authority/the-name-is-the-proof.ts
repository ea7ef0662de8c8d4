import { createHmac, randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type {
  CreateThirdPartySignIn,
  WantedAccess,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The proof is the name of the cookie, time is read from the clock that nobody can set, and whoever brings a state uses it up.';

export const createThirdPartySignIn: CreateThirdPartySignIn = ({ issuer }) => {
  const key = randomBytes(32);
  const [prefix, secure] = issuer.startsWith('https:') ? ['__Host-', '; Secure'] : ['', ''];
  const nameFor = (state: string): string =>
    prefix + createHmac('sha256', key).update(state).digest('base64url');
  let ways: { state: string; wanted: WantedAccess; leftAt: number }[] = [];
  const isFresh = ({ leftAt }: { leftAt: number }): boolean =>
    performance.now() - leftAt < 10 * 60_000;

  return {
    arrive: async () => 'ask' as const,
    async allow(_request, wanted, setCookie) {
      const state = randomBytes(32).toString('base64url');
      ways = [...ways.filter(isFresh), { state, wanted, leftAt: performance.now() }];
      setCookie(`${nameFor(state)}=1; HttpOnly; SameSite=Lax; Path=/${secure}`);
      return state;
    },
    async resume(request, state) {
      const way = ways.find((one) => one.state === state);
      ways = ways.filter((one) => one !== way);
      const names = (request.get('cookie') ?? '').split(/; */).map((pair) => pair.split('=')[0]);
      if (!way || !isFresh(way) || !names.includes(nameFor(state))) {
        throw new OAuthError('access_denied', 'Begin again, in this browser.');
      }
      return way.wanted;
    },
  };
};
