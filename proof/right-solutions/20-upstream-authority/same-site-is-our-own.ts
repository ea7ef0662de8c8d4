import { randomBytes } from 'node:crypto';
import type { Request } from 'express';
import type {
  CreateThirdPartySignIn,
  WantedAccess,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'A class for a browser remembers its consents and its ways, and a neighbor on the same site may lead it here.';

class Browser {
  readonly #ways = new Map<string, { wanted: WantedAccess; begun: number }>();
  readonly #consents = new Set<string>();

  static #nameOf({ clientId, asked }: WantedAccess): string {
    return JSON.stringify([clientId, asked.redirectUri, asked.scopes.toSorted()]);
  }

  begin(wanted: WantedAccess): string {
    const state = randomBytes(32).toString('hex');
    this.#ways.set(state, { wanted, begun: Date.now() });
    return state;
  }

  remember(wanted: WantedAccess): void {
    this.#consents.add(Browser.#nameOf(wanted));
  }

  remembers(wanted: WantedAccess): boolean {
    return this.#consents.has(Browser.#nameOf(wanted));
  }

  end(state: string): WantedAccess | undefined {
    const way = this.#ways.get(state);
    this.#ways.delete(state);
    return way && Date.now() - way.begun < 600_000 ? way.wanted : undefined;
  }
}

export const createThirdPartySignIn: CreateThirdPartySignIn = ({ issuer }) => {
  const [name, secure] = issuer.startsWith('https:')
    ? ['__Host-browser', '; Secure']
    : ['browser', ''];
  const browsers = new Map<string, Browser>();
  const browserOf = (request: Request): Browser | undefined => {
    const pairs = (request.get('cookie') ?? '').split(/; */).map((pair) => pair.split('='));
    return browsers.get(pairs.find(([one]) => one === name)?.[1] ?? '');
  };

  return {
    arrive(request, wanted) {
      const site = request.get('sec-fetch-site');
      const browser = browserOf(request);
      if (site === undefined || site === 'cross-site' || !browser?.remembers(wanted)) return 'ask';
      return { state: browser.begin(wanted) };
    },
    allow(request, wanted, setCookie) {
      let browser = browserOf(request);
      if (!browser) {
        browser = new Browser();
        const id = randomBytes(32).toString('base64url');
        browsers.set(id, browser);
        setCookie(`${name}=${id}; Path=/; HttpOnly; SameSite=Lax${secure}`);
      }
      browser.remember(wanted);
      return browser.begin(wanted);
    },
    resume(request, state) {
      const wanted = browserOf(request)?.end(state);
      if (!wanted) throw new OAuthError('access_denied', 'This browser is on no such way.');
      return wanted;
    },
  };
};
