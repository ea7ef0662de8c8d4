/**
 * What the reference holds out against while others go on using it.
 *
 * @module-tag long
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LegitimateUse } from '../../lab/attack.ts';
import type { LabSession } from '../../lab/protocol.ts';
import { describeReply, PARIS, succeeded } from '../../catalogue/attacks/replies.ts';
import { Lab } from '../../lab/lab.ts';

let bench: Lab;
beforeAll(async () => {
  bench = await Lab.open();
});
afterAll(() => bench.close());

/** Does something to a reference server of its own; the problems it found. */
async function onReference(work: (lab: LabSession) => Promise<string[]>): Promise<string[]> {
  const use: LegitimateUse = {
    id: 'under-fire',
    title: '',
    why: '',
    lessonAnchor: '',
    references: [],
    worksOnBaseline: false,
    try: work,
  };
  const { problems, faults } = await bench.try({ kind: 'reference' }, use);
  return [...problems, ...faults];
}

test('of 200 calls that arrive together, exactly 60 run', async () => {
  const problems = await onReference(async (lab) => {
    const token = await lab.mint();
    await lab.together(
      Array.from({ length: 200 }, () => () => lab.call('get_weather', PARIS, { token })),
    );
    const { length } = await lab.executions();
    return length === 60 ? [] : [`${length} ran`];
  });
  expect(problems).toEqual([]);
});

const MIB = 1024 * 1024;
const message = (args: string): string =>
  `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_weather","arguments":${args}}}`;
const padded = (bytes: number): string =>
  message(`{"city":"Paris","units":"metric","padding":"${'x'.repeat(bytes)}"}`);
const deep = (levels: number): string =>
  message(`{"city":"Paris","units":"metric","x":${'['.repeat(levels)}${']'.repeat(levels)}}`);

const BURDENS: Record<string, (lab: LabSession, token: string) => Promise<unknown>> = {
  'a body of a megabyte': (lab, token) => post(lab, token, padded(MIB)),
  'a gzip bomb': (lab, token) => post(lab, token, padded(48 * MIB), 'gzip'),
  'JSON 100,000 levels deep': (lab, token) => post(lab, token, deep(100_000)),
  'a city that makes patterns explode': (lab, token) =>
    lab.call('get_weather', { city: `${'a'.repeat(60)}!`, units: 'metric' }, { token }),
  'a city with 100,000 marks': (lab, token) =>
    lab.call(
      'get_weather',
      { city: `a${'\u0301\u0323'.repeat(50_000)}`, units: 'metric' },
      { token },
    ),
};

function post(lab: LabSession, token: string, body: string, sendBody?: 'gzip'): Promise<unknown> {
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': '2025-11-25',
  };
  return lab.send({ path: '/mcp', headers, body, ...(sendBody ? { sendBody } : {}) }, 'burden');
}

test.each(Object.keys(BURDENS))('ordinary calls go on beside %s', async (name) => {
  const problems = await onReference(async (lab) => {
    const attacker = await lab.mint();
    const user = await lab.mint();
    const found: string[] = [];
    const { longestWaitMs, processorMs } = await lab.whileWatchingNeighbours(() =>
      Promise.all([
        BURDENS[name]?.(lab, attacker),
        ...Array.from({ length: 20 }, async () => {
          const reply = await lab.call('get_weather', PARIS, { token: user });
          if (!succeeded(reply)) found.push(describeReply(reply));
        }),
      ]),
    );
    // A slow machine makes neighbours wait too; only the server's own work counts.
    if (longestWaitMs > 1000 && (processorMs === undefined || processorMs > 700)) {
      found.push(`a neighbour waited ${Math.round(longestWaitMs)} ms`);
    }
    return found;
  });
  expect(problems).toEqual([]);
});
