import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type {
  CreateThirdPartySignIn,
  WantedAccess,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'What a browser has agreed to stands in a signed cookie of that browser, for a client, its address and its scopes, and counts where nobody else has led it here.';

const cookie = (request: Request, name: string): string =>
  (request.get('cookie') ?? '')
    .split(/; */)
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? '';

export const createThirdPartySignIn: CreateThirdPartySignIn = ({ issuer }) => {
  const [prefix, secure] = issuer.startsWith('https:') ? ['__Host-', '; Secure'] : ['', ''];
  const lax = `HttpOnly; SameSite=Lax; Path=/${secure}`;
  const key = randomBytes(32);
  const ways = new Map<string, { wanted: WantedAccess; browser: string; until: number }>();
  const sign = (...parts: unknown[]): string =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
  const consentTo = ({ clientId, asked }: WantedAccess): [name: string, value: string] => {
    const what = [clientId, asked.redirectUri, [...asked.scopes].sort(), asked.resource];
    return [`${prefix}agreed-${sign('name', what).slice(0, 12)}`, sign('consent', what)];
  };
  const isSame = (one: string, other: string): boolean =>
    one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

  function begin(wanted: WantedAccess, setCookie: (value: string) => void): string {
    const state = randomBytes(32).toString('base64url');
    const browser = randomBytes(32).toString('base64url');
    ways.set(state, { wanted, browser, until: Date.now() + 600_000 });
    setCookie(`${prefix}way-${state}=${browser}; Max-Age=600; ${lax}`);
    return state;
  }

  return {
    arrive(request, wanted, setCookie) {
      const [name, value] = consentTo(wanted);
      const agreed = isSame(cookie(request, name), value);
      const isLed = request.get('sec-fetch-site') !== 'none';
      return agreed && !isLed ? { state: begin(wanted, setCookie) } : 'ask';
    },
    allow(_request, wanted, setCookie) {
      const [name, value] = consentTo(wanted);
      setCookie(`${name}=${value}; Max-Age=${30 * 24 * 3600}; ${lax}`);
      return begin(wanted, setCookie);
    },
    resume(request, state) {
      const way = ways.get(state);
      const shown = cookie(request, `${prefix}way-${state}`);
      if (!way || way.until < Date.now() || !isSame(shown, way.browser)) {
        throw new OAuthError('access_denied', 'Begin again, in this browser.');
      }
      ways.delete(state);
      return way.wanted;
    },
  };
};
