/** The three usual kinds of limiters, as small as they get: what each makes of one user's calls. */
import { MINUTE_MS } from './minute.ts';

interface Limiter {
  title: string;
  /** One sentence on how it counts. */
  rule: string;
  /** A fresh one. It is asked for each call, in order, and says whether the call may run. */
  begin: (limit: number) => (at: number) => boolean;
}

export const limiters = {
  fixed: {
    title: 'Fixed window',
    rule: 'It counts from the first call on, and forgets everything after a minute.',
    begin(limit) {
      let opened = -Infinity;
      let used = 0;
      return (at) => {
        if (at - opened >= MINUTE_MS) {
          opened = at;
          used = 0;
        }
        return ++used <= limit;
      };
    },
  },
  sliding: {
    title: 'Sliding window',
    rule: 'It remembers when each call was made, and looks back a minute every time.',
    begin(limit) {
      let ran: number[] = [];
      return (at) => {
        ran = ran.filter((time) => time > at - MINUTE_MS);
        if (ran.length >= limit) return false;
        ran.push(at);
        return true;
      };
    },
  },
  bucket: {
    title: 'Token bucket',
    rule: 'It holds as many tokens as the limit, gains one a second, and spends one a call.',
    begin(limit) {
      let tokens = limit;
      let filled = 0;
      return (at) => {
        tokens = Math.min(limit, tokens + ((at - filled) / MINUTE_MS) * limit);
        filled = at;
        if (tokens < 1) return false;
        tokens--;
        return true;
      };
    },
  },
} as const satisfies Record<string, Limiter>;

export type LimiterKind = keyof typeof limiters;
