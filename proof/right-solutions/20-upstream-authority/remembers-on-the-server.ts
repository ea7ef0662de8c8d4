import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type {
  CreateThirdPartySignIn,
  SetCookie,
  WantedAccess,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Each browser that has agreed has a number of its own, under which its consents and its ways are kept here.';

interface Browser {
  consents: Set<string>;
  ways: Map<string, { wanted: WantedAccess; begun: number }>;
}

export const createThirdPartySignIn: CreateThirdPartySignIn = ({ issuer }) => {
  const isHttps = issuer.startsWith('https:');
  const name = isHttps ? '__Host-browser' : 'browser';
  const attributes = isHttps ? 'Path=/; Secure' : 'Path=/authorize';
  const pattern = new RegExp(`(?:^|; *)${name}=([\\w-]+)`);
  const browsers = new Map<string, Browser>();
  const idOf = (request: Request): string => pattern.exec(request.get('cookie') ?? '')?.[1] ?? '';
  const key = ({ clientId, asked: { redirectUri, scopes } }: WantedAccess): string =>
    JSON.stringify([clientId, redirectUri, scopes]);
  const begin = ({ ways }: Browser, wanted: WantedAccess): string => {
    const state = `${randomUUID()}${randomUUID()}`;
    ways.set(state, { wanted, begun: Date.now() });
    return state;
  };
  const known = (request: Request, setCookie: SetCookie): Browser => {
    const found = browsers.get(idOf(request));
    if (found) return found;
    const [id, browser] = [randomUUID(), { consents: new Set<string>(), ways: new Map() }];
    browsers.set(id, browser);
    setCookie(`${name}=${id}; HttpOnly; SameSite=Lax; ${attributes}; Max-Age=2592000`);
    return browser;
  };

  return {
    arrive(request, wanted) {
      const browser = browsers.get(idOf(request));
      const site = request.get('sec-fetch-site') ?? 'cross-site';
      const agreed = browser?.consents.has(key(wanted)) === true && site === 'none';
      return browser && agreed ? { state: begin(browser, wanted) } : 'ask';
    },
    allow(request, wanted, setCookie) {
      const browser = known(request, setCookie);
      browser.consents.add(key(wanted));
      return begin(browser, wanted);
    },
    resume(request, state) {
      const ways = browsers.get(idOf(request))?.ways;
      const way = ways?.get(state);
      ways?.delete(state);
      if (!way || Date.now() - way.begun > 10 * 60_000) {
        throw new OAuthError('access_denied', 'This browser is on no such way.');
      }
      return way.wanted;
    },
  };
};
