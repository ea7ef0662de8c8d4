import { expect, it } from 'vitest';
import { filterLines } from './filter-lines.ts';
import { tableOf } from './log-table.ts';

const line = (n: number, subject: string | null, outcome: string): string =>
  JSON.stringify({
    level: 'info',
    time: `2026-01-01T00:00:0${n}Z`,
    id: n,
    actor: subject && { issuer: 'i', subject },
    outcome,
    mac: String(n).repeat(64),
  });
const lines = [
  line(1, 'alice', 'refused'),
  line(2, 'bob', 'refused'),
  line(3, 'alice', 'done'),
  'free text',
];

it('makes columns of what lines differ by, and keeps a line that is no JSON', () => {
  const table = tableOf(lines, filterLines(lines, ''));
  expect(table?.columns).toEqual(['time', 'actor.subject', 'outcome']);
  expect(table?.rows[1]).toEqual({
    number: 2,
    text: lines[1],
    cells: ['2026-01-01T00:00:02Z', 'bob', 'refused'],
  });
  expect(table?.rows[3]?.cells).toBeUndefined();
  expect(tableOf(lines, filterLines(lines, 'bob'))?.rows.map(({ number }) => number)).toEqual([2]);
});

it('makes no table of free text, arrays, or nothing', () => {
  for (const log of [['free text', '[1]', '7', '{}'], []]) {
    expect(tableOf(log, filterLines(log, ''))).toBeUndefined();
  }
});

it('is not confused by members that objects have by themselves', () => {
  const log = ['a', 'b', 'a'].map((c) => `{"__proto__":{"x":1},"constructor":"${c}"}`);
  expect(tableOf(log, filterLines(log, ''))?.columns).toContain('constructor');
});
