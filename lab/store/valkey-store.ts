/** A store at Valkey or Redis 7, of which the lab can move the clock, and see what it keeps. */
import type { RedisClientType } from '@redis/client';
import type { StoreBackend } from './store-backend.ts';
import { createValkeySteps, runScript, script } from './valkey-steps.ts';

/** KEYS: all there are; ARGV: milliseconds by which each has less to live. */
const AGE = script(`
for _, key in ipairs(KEYS) do
  local left = redis.call('PTTL', key)
  if left >= 0 and left <= ARGV[1] + 0 then redis.call('DEL', key)
  elseif left >= 0 then redis.call('PEXPIRE', key, left - ARGV[1]) end
end
return 0`);

/** @param prefix of all its keys, so that several can use one server; without `*`, `?`, `[` and `\` */
export function createValkeyStore(client: RedisClientType, prefix: string): StoreBackend {
  let ahead = 0;
  const ownKeys = (): Promise<string[]> => client.keys(`${prefix}*`);

  return {
    name: 'Valkey or Redis',
    run: createValkeySteps(client, prefix, () => ahead),
    async passTime(milliseconds) {
      ahead += Math.round(milliseconds);
      const keys = await ownKeys();
      if (keys.length > 0) await runScript(client, AGE, keys, [String(Math.round(milliseconds))]);
    },
    async forget() {
      const keys = await ownKeys();
      if (keys.length > 0) await client.del(keys);
    },
    async contents() {
      const keys = await ownKeys();
      const texts = await Promise.all(
        keys.map(async (key) =>
          (await client.type(key)) === 'list'
            ? (await client.lRange(key, 0, -1)).join(' ')
            : await client.get(key),
        ),
      );
      return keys.flatMap((key, index) => [key.slice(prefix.length), texts[index] ?? '']);
    },
  };
}
