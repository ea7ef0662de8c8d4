/**
 * The web on which `npm run serve -- … --issuer` finds a provider: the origin that the operator named,
 * wherever it is, and beside it what the real web lets out. Whatever the learner's controls do,
 * nothing else is reached, and no redirect is followed.
 */
import type { Web } from '../exercises/weather-server/world/web.ts';
import { openRealWeb } from './real-web.ts';

const WITHIN_MS = 10_000;

export function openProviderWeb(issuer: string, elsewhere: Web = openRealWeb()): Web {
  const { origin } = new URL(issuer);
  return {
    lookup: (host) => elsewhere.lookup(host),
    fetch(url, options = {}) {
      if (new URL(url).origin !== origin) return elsewhere.fetch(url, options);
      const deadline = AbortSignal.timeout(WITHIN_MS);
      const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
      return fetch(url, { redirect: options.redirect === 'manual' ? 'manual' : 'error', signal });
    },
  };
}
