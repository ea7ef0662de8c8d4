/** What a limiter costs whose counts lie in a store, beside the package that most people take. */
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { weatherServerConfig } from '../../exercises/weather-server/config.ts';
import type { ToolCall } from '../../exercises/weather-server/controls.ts';
import { createSharedStore } from '../../exercises/weather-server/world/shared-store.ts';
import { startStoreServer, type StoreServer } from '../../lab/store/store-server.ts';
import { createValkeyStore } from '../../lab/store/valkey-store.ts';
import { createSharedLimiter } from '../../solutions/18-many-instances/shared-limiter.ts';
import { timed } from './compare-times.ts';
import { median, ratio, type Measurement, type Table } from './measurement.ts';

const ROUNDS = 61;
const CHECKS = 3_000;
const USERS = 30;
const IN_FLIGHT = 100;

/** Whether a call of this user is allowed. */
type Check = (user: number) => Promise<boolean>;

export const sharedLimiter: Measurement = {
  name: 'shared-limiter',
  method: `${CHECKS} calls of ${USERS} users, ${IN_FLIGHT} at a time, with sixty a minute for each, so that some are allowed and some are refused. All on one Valkey or Redis of the lab’s, on a unix socket, through one connection of @redis/client; “no limiter” sends one GET a call. In turn, ${ROUNDS} rounds, each with users of its own; the ratio is of checks a second.`,
  run: measure,
};

async function measure(): Promise<Table> {
  const server = await startStoreServer();
  if (!server) throw new Error('This needs valkey-server or redis-server on the PATH.');
  server.client.ref();
  try {
    const checks = new Map<string, (round: number) => Check>([
      ['no limiter', () => oneGet(server)],
      ['rate-limiter-flexible, RateLimiterRedis', (round) => ofThePackage(server, round)],
      ['reference (solutions/18-many-instances)', (round) => ofTheReference(server, round)],
    ]);
    const perSecond = new Map([...checks.keys()].map((title) => [title, Array<number>()]));
    for (let round = -1; round < ROUNDS; round++) {
      for (const [title, make] of checks) {
        const milliseconds = await timed(() => checkAll(make(round)));
        if (round >= 0) perSecond.get(title)?.push((CHECKS / milliseconds) * 1_000);
      }
    }
    const [floor = [], unit = []] = perSecond.values();
    return {
      columns: ['', 'checks a second', 'times “no limiter”', 'times rate-limiter-flexible'],
      rows: [...perSecond].map(([title, measured]) => [
        title,
        median(measured).toFixed(0),
        ratio(measured, floor),
        ratio(measured, unit),
      ]),
    };
  } finally {
    await server.stop();
  }
}

async function checkAll(check: Check): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < CHECKS) await check(next++ % USERS);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

const oneGet =
  ({ client }: StoreServer): Check =>
  async (user) =>
    (await client.get(`nobody ${user}`)) === null;

function ofThePackage({ client }: StoreServer, round: number): Check {
  const limiter = new RateLimiterRedis({
    storeClient: client,
    useRedisPackage: true,
    keyPrefix: `package ${round}`,
    points: 60,
    duration: 60,
  });
  return async (user) => {
    try {
      await limiter.consume(`user ${user}`);
      return true;
    } catch (refused) {
      // It rejects for a refusal as well as for an error.
      if (refused instanceof RateLimiterRes) return false;
      throw refused;
    }
  };
}

function ofTheReference({ client }: StoreServer, round: number): Check {
  const backend = createValkeyStore(client, `reference ${round} `);
  const { issuer, limits } = weatherServerConfig('http://127.0.0.1:3001');
  const limiter = createSharedLimiter(
    limits,
    createSharedStore((step) => backend.run(step)),
  );
  return async (user) => (await limiter.check(callOf(`user ${user}`, issuer))).allowed;
}

const callOf = (subject: string, issuer: string): ToolCall => ({
  requestId: 'bench',
  tool: 'get_weather',
  arguments: {},
  actor: { issuer, subject, clientId: 'bench', scopes: ['weather:read'] },
  token: undefined,
  ip: '127.0.0.1',
  headers: {},
});
