/** A flood of users at one limiter, and what it keeps of them. */
import { advanceClock } from './clock.ts'; // first: see clock.ts
import { randomUUID } from 'node:crypto';
import type { RateLimiter, ToolCall } from '../../exercises/weather-server/controls.ts';
import type { HostRequests } from './host-protocol.ts';
import type { Instance } from './instances.ts';
import { heapUsed, processorMs } from './resources.ts';
import { forgetPollution } from './pollution.ts';

/** Processor time after which a flood of the limiter is big enough. */
const FLOOD_MS = 4000;

/**
 * Calls a fresh limiter for many users, lets their windows pass, and measures what it still holds.
 * A limiter that keeps a bounded number of users holds no more after another such flood, so that
 * the smallest growth counts.
 */
export async function floodLimiter(
  { controls, config, world }: Instance,
  users: number,
): Promise<HostRequests['flood']['reply']> {
  forgetPollution();
  const limiter: RateLimiter = controls.createRateLimiter(config.limits);
  const callOf = (name: string): ToolCall => ({
    requestId: name,
    tool: 'get_weather',
    arguments: {},
    actor: { issuer: config.issuer, subject: name, clientId: name, scopes: [] },
    token: name,
    ip: name,
    headers: { 'x-forwarded-for': name, 'user-agent': name },
  });
  /** In groups that do not wait for each other, because a store may take its time. */
  const callOnce = async (most: number): Promise<number> => {
    const started = processorMs();
    let called = 0;
    // Whoever looks through all users in every call is slow at this, and not wrong.
    while (called < most && processorMs() - started < FLOOD_MS) {
      const group = Array.from({ length: Math.min(1000, most - called) }, () => randomUUID());
      called += group.length;
      await Promise.all(group.map(async (name) => limiter.check(callOf(name))));
      await new Promise((resolve) => setImmediate(resolve)); // the heart must go on beating
    }
    return called;
  };

  for (const name of ['__proto__', 'constructor', '__proto__']) {
    try {
      await limiter.check(callOf(name));
    } catch {
      // Whether such users are served is for other checks; here it is what they leave behind.
    }
  }
  let retainedBytesPerUser = Infinity;
  for (let flood = 0; flood < 3 && retainedBytesPerUser > 20; flood++) {
    const before = heapUsed();
    const called = await callOnce(users);
    // Users may be forgotten by a timer, or lazily, as part of ordinary use.
    for (const minutes of [2, 9]) {
      await advanceClock(minutes * 60_000 + 1000);
      await callOnce(1000);
    }
    const growth = Math.round((heapUsed() - before) / called);
    retainedBytesPerUser = Math.min(retainedBytesPerUser, growth);
  }
  await limiter.check(callOf('last')); // keeps the limiter, and all it holds, until here
  world.tape.write({
    kind: 'limit',
    decision: 'allowed',
    tool: `(${users} users, called directly)`,
  });
  return { retainedBytesPerUser, polluted: forgetPollution().length > 0 };
}
