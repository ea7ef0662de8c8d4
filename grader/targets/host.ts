/**
 * The process that hosts a target. It serves any number of weather servers, one for each firing of
 * an attack, on one loopback port behind the guard. Learner code runs here and only here, so that
 * the lab can end it.
 */
import { advanceClock, realTimers } from './clock.ts'; // first: see clock.ts
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import type { Express } from 'express';
import type {
  RateLimiter,
  SecurityControls,
  ServerConfig,
  ToolCall,
} from '../../exercises/weather-server/controls.ts';
import { createWeatherServer } from '../../exercises/weather-server/server.ts';
import {
  createKeyRing,
  type KeyRing,
  type SigningKey,
} from '../../exercises/weather-server/signing-keys.ts';
import { weatherServerConfig } from '../../exercises/weather-server/config.ts';
import { REPORT_FOLDER } from '../../exercises/weather-server/world/files.ts';
import { createWorld, type World } from '../../exercises/weather-server/world/world.ts';
import { PLANTED_REPORT } from '../attacks/attack.ts';
import { composeControls, LoadError } from './compose-controls.ts';
import { ContractError, placeInStack } from './contracts.ts';
import { DirectAsks } from './direct-asks.ts';
import { guard } from './guard.ts';
import { importRunKeys } from './run-keys.ts';
import { watchRefusals } from './watch-refusals.ts';
import {
  LAST_WORDS_FD,
  type FromHost,
  type HostRequestName,
  type HostRequests,
  type LastWords,
  type ToHost,
} from './host-protocol.ts';

interface Instance {
  app: Express;
  world: World;
  controls: SecurityControls;
  config: ServerConfig;
  asks: DirectAsks;
}

/** Processor time after which a flood of the limiter is big enough. */
const FLOOD_MS = 4000;

/** Members of every object before any learner code has run. */
const cleanMembers = new Set(Reflect.ownKeys(Object.prototype));

const instances = new Map<string, Instance>();
let port = 0;
let firstKey: SigningKey;

type Handlers = {
  [Name in HostRequestName]: (
    ask: HostRequests[Name]['ask'],
  ) => Promise<HostRequests[Name]['reply']> | HostRequests[Name]['reply'];
};

const handlers: Handlers = {
  async start(settings) {
    firstKey = await importRunKeys(settings);
    port = await listen(settings.guardToken);
    return { port };
  },

  async open({ spec }) {
    forgetPollution(); // by the firing before; it would break this target as well
    const world = createWorld();
    const composed = await composeControls(spec, (control, message) =>
      world.tape.write({ kind: 'fault', control, message }),
    );
    const controls = watchRefusals(composed, world.tape);
    const config = weatherServerConfig(`http://127.0.0.1:${port}`);
    const instance = randomUUID();
    // A ring of its own: hours pass here, and must not pass for the next firing's server.
    const ring = createKeyRing(firstKey);
    const jwks: KeyRing['jwks'] = () => {
      world.failIfBroken('keys');
      return ring.jwks();
    };
    const app = createWeatherServer(controls, world, config, { ...ring, jwks });
    const asks = new DirectAsks(controls, config, world.secrets.auditChainKey);
    instances.set(instance, { app, world, controls, config, asks });
    return { instance, config };
  },

  close({ instance }) {
    instances.get(instance)?.world.close();
    instances.delete(instance);
    return null;
  },

  tape: ({ instance }) => [...find(instance).world.tape.entries()],

  decide: ({ instance, ...ask }) => find(instance).asks.decide(ask),
  vault: (ask) => find(ask.instance).asks.vault(ask),
  reviewTools: ({ instance, ...ask }) => find(instance).asks.reviewTools(ask),
  verifyAuditLog: ({ instance, ...ask }) => find(instance).asks.verifyAuditLog(ask),

  canaries: ({ instance }) => find(instance).world.canaries,

  breakDown({ instance, part, failure }) {
    find(instance).world.breakDown(part, failure);
    return null;
  },

  async plant({ instance, text }) {
    const { upstream, files } = find(instance).world;
    upstream.plant(text);
    await files.writeFile(`${REPORT_FOLDER}/${PLANTED_REPORT}`, text);
    return null;
  },

  pollution: () => forgetPollution(),

  publish({ instance, url, page }) {
    find(instance).world.web.publish(url, page);
    return null;
  },

  async advance({ milliseconds }) {
    await advanceClock(milliseconds);
    return null;
  },

  processorTime: () => processorMs(),

  flood: ({ instance, users }) => floodLimiter(find(instance), users),
};

function find(instance: string): Instance {
  const found = instances.get(instance);
  if (!found) throw new Error(`no server ${instance}`);
  return found;
}

async function listen(guardToken: string): Promise<number> {
  const guarded = guard(guardToken, (lab, request, response) => {
    const instance = instances.get(lab.instance);
    if (!instance) {
      response.writeHead(410).end('This server is gone.\n');
      return;
    }
    instance.world.tape.during(lab.requestId, () => instance.app(request, response));
  });
  const server = createServer((request, response) => {
    // Public keys are public, and a verifier may well fetch them from where they are served.
    if (request.method === 'GET' && request.url === '/jwks' && !request.headers.origin) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(createKeyRing(firstKey).jwks()));
      return;
    }
    guarded(request, response);
  });
  // Longer than any firing: a connection must not be closed just when the lab uses it again.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/**
 * Calls a fresh limiter for many users, lets their windows pass, and measures what it still holds.
 * A limiter that keeps a bounded number of users holds no more after another such flood, so that
 * the smallest growth counts.
 */
async function floodLimiter(
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

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Removes what learner code has added to every object; the names of it. */
function forgetPollution(): string[] {
  const added = Reflect.ownKeys(Object.prototype).filter((key) => !cleanMembers.has(key));
  for (const key of added) Reflect.deleteProperty(Object.prototype, key);
  return added.map(String);
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapUsed(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

// ----------------------------------------------------------------------------- last words

function tell(words: LastWords): void {
  try {
    writeSync(LAST_WORDS_FD, `${JSON.stringify(words)}\n`);
  } catch {
    // Nobody listens any more.
  }
}

/** Kept before any learner code can reach it; ends the process without running handlers. */
const realExit = (process as unknown as { reallyExit(code: number): never }).reallyExit.bind(
  process,
);
process.exit = ((code?: number) => {
  const where = placeInStack(new Error('exit').stack);
  tell({ kind: 'exit', code: Number(code ?? process.exitCode ?? 0), ...(where ? { where } : {}) });
  realExit(code ?? 0);
}) as typeof process.exit;

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    const where = error instanceof Error ? placeInStack(error.stack) : undefined;
    tell({ kind: 'error', message: String(error), ...(where ? { where } : {}) });
    realExit(70);
  });
}
process.on('disconnect', () => realExit(0));

const heartbeat = new Int32Array(new SharedArrayBuffer(4));
realTimers.setInterval(() => Atomics.add(heartbeat, 0, 1), 100).unref();
new Worker(new URL('./stall-watch.mjs', import.meta.url), {
  workerData: { heartbeat, lastWordsFd: LAST_WORDS_FD },
  execArgv: [],
}).unref();

// ------------------------------------------------------------------------------------- IPC

process.on('message', async (message: ToHost) => {
  const answer = (
    body: { reply: unknown } | { error: { message: string; file?: string } },
  ): void => {
    const whole: FromHost = { id: message.id, now: Date.now(), ...body };
    process.send?.(whole);
  };
  try {
    const handle = handlers[message.name] as (ask: unknown) => unknown;
    answer({ reply: await handle(message.ask) });
  } catch (error) {
    const known = error instanceof LoadError || error instanceof ContractError;
    const text =
      error instanceof Error ? (known ? error.message : `${error.stack}`) : String(error);
    answer({
      error: { message: text, ...(error instanceof LoadError ? { file: error.file } : {}) },
    });
  }
});
