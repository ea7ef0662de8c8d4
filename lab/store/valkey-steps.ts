/**
 * The steps of a shared store at Valkey or Redis 7. What one command does is one command; what reads and decides is
 * a script, which the server runs as one step (https://valkey.io/topics/eval-intro). Scripts are
 * known by their digest, and sent again to a server that has lost them.
 */
import { createHash } from 'node:crypto';
import type { RedisClientType } from '@redis/client';
import type { StoreStep } from '../../exercises/weather-server/world/shared-store.ts';

interface Script {
  text: string;
  digest: string;
}
export const script = (text: string): Script => ({
  text,
  digest: createHash('sha1').update(text).digest('hex'),
});

/** KEYS: one; ARGV: what is expected, what to put in its place, its life in milliseconds. */
const REPLACE = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`);

/** KEYS: one; ARGV: the life in milliseconds, which begins with the first. */
const INCREMENT = script(`
local sum = redis.call('INCR', KEYS[1])
if sum == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return sum`);

/**
 * KEYS: windows, each a list of the latest times at which a place was taken, as many as it has places;
 * ARGV: length of the window, by how much the clock was moved, then a limit for each key. There is room
 * if the place that was taken longest ago is free again. Gives the time to wait.
 */
const TAKE_PLACES = script(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[2]
local window, wait = ARGV[1] + 0, 0
for i, key in ipairs(KEYS) do
  local limit = ARGV[i + 2] + 0
  local oldest = limit == 0 and now or redis.call('LINDEX', key, -limit)
  if oldest then wait = math.max(wait, window - (now - oldest)) end
end
if wait > 0 then return wait end
for i, key in ipairs(KEYS) do
  local limit = ARGV[i + 2] + 0
  local taken = redis.call('RPUSH', key, now)
  if taken > limit then redis.call('LTRIM', key, -limit, -1) end
  redis.call('PEXPIRE', key, window)
end
return 0`);

/** Sent as words: to build a command of options costs more than the script. */
export function runScript(
  client: RedisClientType,
  { text, digest }: Script,
  keys: string[],
  args: string[],
): Promise<unknown> {
  const words = [String(keys.length), ...keys, ...args];
  return client.sendCommand(['EVALSHA', digest, ...words]).catch((error: Error) => {
    if (!error.message.startsWith('NOSCRIPT')) throw error;
    return client.sendCommand(['EVAL', text, ...words]);
  });
}

/**
 * Does one step, and gives what `createSharedStore` makes an answer of.
 *
 * @param prefix of all keys, so that several can use one server
 * @param aheadMs by how much the clock was moved
 */
export function createValkeySteps(
  client: RedisClientType,
  prefix: string,
  aheadMs: () => number = () => 0,
): (step: StoreStep) => Promise<unknown> {
  const own = (key: string): string => prefix + key;
  const run = (what: Script, keys: string[], args: string[]): Promise<unknown> =>
    runScript(client, what, keys, args);

  function takePlaces({
    windows,
    windowMs,
  }: Extract<StoreStep, { name: 'takePlaces' }>): Promise<unknown> {
    const keys: string[] = [];
    const args = [String(windowMs), String(aheadMs())];
    for (const { key, limit } of windows) {
      keys.push(own(key));
      args.push(String(limit));
    }
    return run(TAKE_PLACES, keys, args);
  }

  async function now(): Promise<number> {
    const [seconds, microseconds] = (await client.sendCommand(['TIME'])) as unknown as string[];
    return Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000) + aheadMs();
  }

  async function runOther(step: Exclude<StoreStep, { name: 'takePlaces' }>): Promise<unknown> {
    switch (step.name) {
      case 'get':
        return client.get(own(step.key));
      case 'set':
        await client.set(own(step.key), step.value, lives(step.lifeMs));
        return null;
      case 'add': {
        const options = { ...lives(step.lifeMs), condition: 'NX' } as const;
        return (await client.set(own(step.key), step.value, options)) !== null;
      }
      case 'replace': {
        const args = [step.expected, step.value, String(step.lifeMs)];
        return (await run(REPLACE, [own(step.key)], args)) === 1;
      }
      case 'take':
        return client.getDel(own(step.key));
      case 'increment':
        return run(INCREMENT, [own(step.key)], [String(step.lifeMs)]);
      case 'now':
        return now();
    }
  }

  return (step) => (step.name === 'takePlaces' ? takePlaces(step) : runOther(step));
}

const lives = (milliseconds: number) =>
  ({ expiration: { type: 'PX', value: milliseconds } }) as const;
