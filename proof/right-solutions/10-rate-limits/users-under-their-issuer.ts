import type { Actor, CreateRateLimiter } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'A map of issuers holds maps of subjects, so that no separator has to be safe; a timer for each window removes it.';

const MINUTE_MS = 60_000;

interface Window {
  calls: number;
  callsOf: Map<string, number>;
  endsAt: number;
}

export const createRateLimiter: CreateRateLimiter = ({ perUserPerMinute, perToolPerMinute }) => {
  const issuers = new Map<string, Map<string, Window>>();

  const windowOf = ({ issuer, subject }: Pick<Actor, 'issuer' | 'subject'>): Window => {
    const users = issuers.get(issuer) ?? new Map<string, Window>();
    issuers.set(issuer, users);
    let window = users.get(subject);
    if (!window) {
      window = { calls: 0, callsOf: new Map(), endsAt: Date.now() + MINUTE_MS };
      users.set(subject, window);
      setTimeout(() => users.delete(subject), MINUTE_MS).unref();
    }
    return window;
  };

  return {
    check({ actor = { issuer: '', subject: '' }, tool }) {
      const window = windowOf(actor);
      const ofTool = window.callsOf.get(tool) ?? 0;
      const isFull =
        window.calls >= perUserPerMinute || ofTool >= (perToolPerMinute[tool] ?? Infinity);
      if (isFull) return { allowed: false, retryAfterMs: window.endsAt - Date.now() };
      window.calls += 1;
      window.callsOf.set(tool, ofTool + 1);
      return { allowed: true };
    },
  };
};
