import { expect, it } from 'vitest';
import type { AttackReport, Exchange } from '../../lab/protocol.ts';
import { boundReport } from './bound-report.ts';

const exchange = (requestId: string, body: string): Exchange => ({
  role: 'attack',
  label: 'call',
  requestId,
  request: { method: 'POST', path: '/mcp', headers: {}, body: '{}' },
  response: { status: 200, headers: {}, body },
});

const report = (parts: Partial<AttackReport>): AttackReport => ({
  attackId: 'a',
  variant: 'v',
  verdict: 'breached',
  summary: 'It ran.',
  breaches: ['It ran.'],
  complaints: [],
  controlProblems: [],
  faults: [],
  exchanges: [],
  decisive: undefined,
  tape: [],
  ...parts,
});

it('leaves an ordinary report as it is', () => {
  const ordinary = report({
    exchanges: [exchange('1', '{}'), exchange('2', 'x'.repeat(60_000))],
    tape: [
      { requestId: '1', at: 0, kind: 'tool', tool: 't', arguments: { a: [1, null] }, subject: 's' },
    ],
  });
  expect(boundReport(ordinary)).toEqual(ordinary);
});

it('cuts what many long answers add up to, and says how much is left out', () => {
  const exchanges = Array.from({ length: 200 }, (_, i) => exchange(`${i}`, 'é'.repeat(64_000)));
  const bounded = boundReport(report({ exchanges, decisive: '150' }));
  expect(JSON.stringify(bounded).length).toBeLessThan(2_000_000);
  expect(bounded.exchanges[150]?.response).toEqual(exchanges[150]?.response);
  const last = bounded.exchanges.at(-1)?.response;
  expect(last?.body).toHaveLength(500);
  expect(last?.more).toBe(2 * 63_500);
});

it('adds up what the lab and this have cut', () => {
  const long = exchange('1', 'x'.repeat(1_600_000));
  long.response.more = 5;
  expect(boundReport(report({ exchanges: [long] })).exchanges[0]?.response.more).toBe(100_007);
});

it('cuts the tape in every direction', () => {
  const deep: unknown = Array.from({ length: 40 }).reduce((inner) => [inner], 'x');
  const bounded = boundReport(
    report({
      tape: [
        {
          requestId: '1',
          at: 0,
          kind: 'tool',
          tool: 't',
          subject: 's',
          arguments: {
            city: 'a'.repeat(900_000),
            list: Array.from({ length: 900 }, () => 1),
            deep,
          },
        },
        ...Array.from({ length: 5_000 }, () => ({
          requestId: '1',
          at: 0,
          kind: 'audit' as const,
          line: 'x'.repeat(100_000),
        })),
      ],
    }),
  );
  expect(JSON.stringify(bounded).length).toBeLessThan(1_700_000);
  expect(bounded.leftOut?.tapeEntries).toBeGreaterThan(4_000);
  const [first] = bounded.tape;
  const args = first?.kind === 'tool' ? first.arguments : {};
  expect(args['city']).toMatch(/a… and 896000 more bytes$/);
  expect(args['list']).toHaveLength(201);
});

it('bounds sentences and exchanges', () => {
  const bounded = boundReport(
    report({
      breaches: Array.from({ length: 4_000 }, () => 'x'.repeat(5_000)),
      exchanges: Array.from({ length: 4_000 }, (_, i) => exchange(`${i}`, '')),
    }),
  );
  expect(bounded.breaches).toHaveLength(201);
  expect(bounded.exchanges).toHaveLength(1_000);
  expect(bounded.leftOut).toEqual({ exchanges: 3_000, tapeEntries: 0 });
});

it('keeps the gates that are drawn, where they were met, and no others', () => {
  const gate = (requestId: string, name: string) =>
    ({ requestId, at: 0, kind: 'gate', gate: name, decision: 'passed' }) as const;
  const limit = { requestId: '2', at: 0, kind: 'limit', decision: 'refused', tool: 't' } as const;
  const control: Exchange = { ...exchange('1', ''), role: 'control' };
  const bounded = boundReport(
    report({
      exchanges: [control, exchange('2', ''), exchange('3', '')],
      decisive: '3',
      tape: [
        gate('1', 'origin'),
        gate('2', 'origin'),
        limit,
        ...Array.from({ length: 300 }, () => gate('2', 'body')),
        gate('3', 'origin'),
      ],
    }),
  );
  expect(bounded.leftOut).toBeUndefined();
  expect(bounded.tape.slice(0, 3)).toEqual([gate('2', 'origin'), limit, gate('2', 'body')]);
  expect(bounded.tape.at(-1)).toEqual(gate('3', 'origin'));
  expect(bounded.tape).toHaveLength(201);
});
