/** What a million users cost a limiter: memory while their minute lasts, memory after it, and time. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { LimiterCosts, LimiterSettings } from './limiters/count-users.ts';
import { median, ratio, type Measurement, type Table } from './measurement.ts';

const TITLES: Record<LimiterSettings['kind'], string> = {
  map: 'a Map with one number a user',
  reference: 'reference (solutions/10-rate-limits)',
  'express-rate-limit': 'express-rate-limit, its memory store',
};

export const limiter: Measurement = {
  name: 'limiter',
  method:
    'A million users call once, and once more, each limiter in a process of its own. Then two minutes pass (the clock is moved), and in each of them one more user calls. Bytes are the growth of the heap after collection, names of users included; seconds are of processor time. Three rounds.',
  run: () => measureLimiters(1_000_000, 3),
};

async function measureLimiters(users: number, rounds: number): Promise<Table> {
  const kinds = ['map', 'reference', 'express-rate-limit'] as const;
  const results = new Map<LimiterSettings['kind'], LimiterCosts[]>(kinds.map((kind) => [kind, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [kind, costs] of results) costs.push(await costsOf({ kind, users }));
  }
  const all = (kind: LimiterSettings['kind'], member: keyof LimiterCosts): number[] =>
    (results.get(kind) ?? []).map((costs) => costs[member]);
  return {
    columns: [
      'limiter',
      'bytes a user',
      'times the Map',
      'bytes a user after',
      'first checks a second',
      'further checks a second',
      'times the Map',
      'slowest check after',
    ],
    rows: kinds.map((kind) => [
      TITLES[kind],
      median(all(kind, 'bytesPerUser')).toFixed(0),
      ratio(all(kind, 'bytesPerUser'), all('map', 'bytesPerUser')),
      median(all(kind, 'bytesLeftPerUser')).toFixed(1),
      inMillions(median(all(kind, 'firstChecksPerSecond'))),
      inMillions(median(all(kind, 'checksPerSecond'))),
      ratio(all(kind, 'checksPerSecond'), all('map', 'checksPerSecond')),
      `${median(all(kind, 'slowestCheckAfterMs')).toFixed(2)} ms`,
    ]),
  };
}

/** Asks one limiter, in a process of its own. */
export async function costsOf(settings: LimiterSettings): Promise<LimiterCosts> {
  const child = fork(path.join(import.meta.dirname, 'limiters/count-users.ts'), [], {
    execArgv: ['--import', 'tsx', '--expose-gc', '--max-old-space-size=3000'],
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The limiter “${settings.kind}” ended with exit code ${code}.`);
  });
  ended.catch(() => undefined);
  child.send(settings);
  const answered = once(child, 'message') as Promise<[LimiterCosts]>;
  const [costs] = await Promise.race([answered, ended]);
  child.kill();
  return costs;
}

const inMillions = (perSecond: number): string => `${(perSecond / 1e6).toFixed(2)} million`;
