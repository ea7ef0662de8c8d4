/** One limiter in a process of its own: calls it for many users, and answers what that costs. */
import { createRateLimiter } from '../../../solutions/10-rate-limits/rate-limiter.ts';
import { MemoryStore, type Options } from 'express-rate-limit';

export interface LimiterSettings {
  kind: 'map' | 'reference' | 'express-rate-limit';
  users: number;
}

export interface LimiterCosts {
  /** Of processor time, collecting garbage included. */
  firstChecksPerSecond: number;
  /** Of users that are known already. */
  checksPerSecond: number;
  bytesPerUser: number;
  /** When two minutes are over, and one more user has called in each. */
  bytesLeftPerUser: number;
  /** How long that one had to wait, at most. */
  slowestCheckAfterMs: number;
}

const MINUTE_MS = 60_000;
const ISSUER = 'http://127.0.0.1:3001';

/** A limiter of sixty calls a minute, and what happens to it as a minute passes. */
interface Counted {
  check(subject: string): unknown;
  passMinute(): void;
}

const realNow = performance.now.bind(performance);

const LIMITERS: Record<LimiterSettings['kind'], () => Counted> = {
  map() {
    const counts = new Map<string, number>();
    return {
      check: (subject) => counts.set(subject, (counts.get(subject) ?? 0) + 1),
      passMinute: () => counts.clear(),
    };
  },
  reference() {
    let passed = 0;
    performance.now = () => realNow() + passed;
    const limiter = createRateLimiter({ perUserPerMinute: 60, perToolPerMinute: {} });
    return {
      check: (subject) =>
        limiter.check({
          requestId: '',
          tool: 'get_weather',
          arguments: {},
          actor: { issuer: ISSUER, subject, clientId: '', scopes: [] },
          token: '',
          ip: '',
          headers: {},
        }),
      passMinute: () => void (passed += MINUTE_MS),
    };
  },
  'express-rate-limit'() {
    const store = new MemoryStore();
    // The only option that this store looks at.
    store.init({ windowMs: MINUTE_MS } as Options);
    return {
      check: (subject) => store.increment(subject),
      // What its timer does once a minute. In brackets, for it is private.
      passMinute: () => store['clearExpired'](),
    };
  },
};

process.once('message', async ({ kind, users }: LimiterSettings) => {
  const limiter = LIMITERS[kind]();
  const checkAll = async (): Promise<number> => {
    const started = process.cpuUsage();
    for (let user = 0; user < users; user++) {
      const decision = limiter.check(`user ${user}`);
      if (decision instanceof Promise) await decision;
    }
    const { user, system } = process.cpuUsage(started);
    return (users / (user + system)) * 1e6;
  };
  const empty = heapUsed();
  const firstChecksPerSecond = await checkAll();
  const bytesPerUser = (heapUsed() - empty) / users;
  const checksPerSecond = await checkAll();
  let slowestCheckAfterMs = 0;
  for (let minute = 1; minute <= 2; minute++) {
    limiter.passMinute();
    const started = realNow();
    await limiter.check('one more');
    slowestCheckAfterMs = Math.max(slowestCheckAfterMs, realNow() - started);
  }
  const bytesLeftPerUser = Math.max(0, heapUsed() - empty) / users;
  process.send?.({
    firstChecksPerSecond,
    checksPerSecond,
    bytesPerUser,
    bytesLeftPerUser,
    slowestCheckAfterMs,
  } satisfies LimiterCosts);
});
process.on('disconnect', () => process.exit(0));

function heapUsed(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
