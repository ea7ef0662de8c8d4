/**
 * The process that hosts a target. It serves any number of weather servers, one for each firing of
 * an attack, on one loopback port behind the guard. Learner code runs here and only here, so that
 * the lab can end it.
 */
import { advanceClock, realTimers } from './clock.ts'; // first: see clock.ts
import './short-tags.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { Server, type AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import type { Express } from 'express';
import type { JSONWebKeySet } from 'jose';
import type {
  ControlName,
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
import type { TapeEntry } from '../../exercises/weather-server/world/tape.ts';
import { createWorld, type World } from '../../exercises/weather-server/world/world.ts';
import { PLANTED_REPORT } from '../protocol.ts';
import { composeControls, LoadError } from '../controls/compose-controls.ts';
import { ContractError } from '../controls/hold-to-contract.ts';
import { placeInStack } from '../controls/places.ts';
import { DirectAsks } from './direct-asks.ts';
import { guard, isSecret } from './guard.ts';
import { importRunKeys } from '../run-keys.ts';
import { learnersFiles, type TargetSpec } from '../target-spec.ts';
import { watchRefusals } from '../controls/watch-refusals.ts';
import { forgetPollution, putGlobalsBack } from './whole-globals.ts';
import {
  LAST_WORDS_FD,
  type FromHost,
  type HostRequestName,
  type HostRequests,
  type LastWords,
  type ToHost,
} from './host-protocol.ts';

interface Instance {
  spec: TargetSpec;
  app: Express;
  world: World;
  controls: SecurityControls;
  config: ServerConfig;
  keys: KeyRing;
  asks: DirectAsks;
  /** Opens this server, and no other, to whoever repeats a request by hand. */
  ticket: string;
  /** What to say of controls that have begun something and not ended it. */
  waiting: Set<{ control: ControlName; message: string }>;
}

/** Processor time after which a flood of the limiter is big enough. */
const FLOOD_MS = 4000;

const instances = new Map<string, Instance>();
/** The server of the latest firing: over, but there for whoever has its ticket until the next opens. */
let latest: string | undefined;
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
    // By the firing before; it would break this target as well.
    forgetPollution();
    putGlobalsBack();
    forgetLatest();
    const world = createWorld();
    const waiting: Instance['waiting'] = new Set();
    const composed = await composeControls(spec, {
      fault: (control, message) => void world.tape.write({ kind: 'fault', control, message }),
      waiting(control, message) {
        const begun = { control, message };
        waiting.add(begun);
        return () => void waiting.delete(begun);
      },
    });
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
    const ticket = randomBytes(24).toString('base64url');
    const made = { spec, app, world, controls, config, keys: ring, asks, ticket, waiting };
    instances.set(instance, made);
    return { instance, config, ticket };
  },

  close({ instance }) {
    forgetLatest();
    latest = instance;
    return null;
  },

  tape({ instance }) {
    const { waiting, world, spec } = find(instance);
    const { tape } = world;
    const changed = putGlobalsBack();
    if (changed.length > 0) {
      const files = learnersFiles(spec) ?? 'none of a learner’s';
      const message = `${changed.join(', ')} changed while requests were answered, and was put back: the whole process uses it. The code under test is ${files}.`;
      tape.write({ kind: 'fault', control: '-', message });
    }
    // Added to what is handed over only: what waits now may be over when the tape is read again.
    const stillWaiting = [...waiting].map((begun): TapeEntry => ({
      kind: 'fault',
      requestId: '-',
      at: Date.now(),
      ...begun,
    }));
    return [...tape.entries(), ...stillWaiting];
  },

  decide: ({ instance, ...ask }) => find(instance).asks.decide(ask),
  vault: (ask) => find(ask.instance).asks.vault(ask),
  limiter: ({ instance, steps }) => find(instance).asks.limiter(steps),
  useGrantAtOnce: ({ instance, ...ask }) => find(instance).asks.useGrantAtOnce(ask),
  reviewTools: ({ instance, ...ask }) => find(instance).asks.reviewTools(ask),
  verifyAuditLog: ({ instance, ...ask }) => find(instance).asks.verifyAuditLog(ask),
  lineWithAuditKey: ({ instance, ...ask }) => find(instance).asks.lineWithAuditKey(ask),

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

function forgetLatest(): void {
  if (latest === undefined) return;
  instances.get(latest)?.world.close();
  instances.delete(latest);
  latest = undefined;
}

function findByTicket(ticket: string): string | undefined {
  for (const [instance, known] of instances) if (isSecret(ticket, known.ticket)) return instance;
  return undefined;
}

function find(instance: string): Instance {
  const found = instances.get(instance);
  if (!found) throw new Error(`no server ${instance}`);
  return found;
}

/** What the servers here publish: a key that all of them have withdrawn is not served either. */
function publicKeys(): JSONWebKeySet['keys'] {
  const rings = [...instances.values()].map(({ keys }) => keys);
  const published = rings.length > 0 ? rings : [createKeyRing(firstKey)];
  const all = published.flatMap((ring) => ring.jwks().keys);
  return [...new Map(all.map((key) => [key.kid, key])).values()];
}

async function listen(guardToken: string): Promise<number> {
  const guarded = guard(
    guardToken,
    (lab, request, response) => {
      const instance = instances.get(lab.instance);
      if (!instance) {
        response.writeHead(410).end('This server is gone.\n');
        return;
      }
      instance.world.tape.during(lab.requestId, () => instance.app(request, response));
    },
    findByTicket,
  );
  const server = createServer((request, response) => {
    // Public keys are public, and a verifier may well fetch them from where they are served.
    if (request.method === 'GET' && request.url === '/jwks' && !request.headers.origin) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ keys: publicKeys() }));
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
function tellEnd(call: string): void {
  const where = placeInStack(new Error('the end').stack);
  tell({ kind: 'exit', call, ...(where ? { where } : {}) });
}
process.exit = ((code?: number) => {
  tellEnd(`process.exit(${Number(code ?? process.exitCode ?? 0)})`);
  realExit(code ?? 0);
}) as typeof process.exit;

const realKill = process.kill.bind(process);
process.kill = (pid, signal) => {
  if (pid === process.pid) tellEnd(`process.kill(process.pid, ${signal ?? 'SIGTERM'})`);
  return realKill(pid, signal);
};
const realAbort = process.abort.bind(process);
process.abort = () => {
  tellEnd('process.abort()');
  return realAbort();
};

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    const where = error instanceof Error ? placeInStack(error.stack) : undefined;
    tell({ kind: 'error', message: String(error), ...(where ? { where } : {}) });
    realExit(70);
  });
}
process.on('disconnect', () => realExit(0));
// The lab may have gone while this was loading, when nobody listened yet.
if (!process.connected) realExit(0);

/** A port that an exercise opens would stay open for the topics after it, and perhaps to a network. */
const { prototype }: { prototype: { listen: (...args: never[]) => unknown } } = Server;
prototype.listen = new Proxy(prototype.listen, {
  apply(listen, server, args) {
    const where = placeInStack(new Error('listen').stack);
    if (where) throw new TypeError('An exercise opens no port; the weather server listens for it.');
    return Reflect.apply(listen, server, args) as unknown;
  },
});

const heartbeat = new Int32Array(new SharedArrayBuffer(4));
realTimers.setInterval(() => Atomics.add(heartbeat, 0, 1), 100).unref();
new Worker(new URL('./stall-watch.mjs', import.meta.url), {
  workerData: { heartbeat, lastWordsFd: LAST_WORDS_FD, patience: Number(process.argv[2]) },
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
    answer({
      error: {
        message: describeFailure(error),
        ...(error instanceof LoadError ? { file: error.file } : {}),
      },
    });
  }
});

function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof LoadError || error instanceof ContractError) return error.message;
  const place = placeInStack(error.stack);
  return place ? `${place}: ${error.name}: ${error.message}` : `${error.stack}`;
}
