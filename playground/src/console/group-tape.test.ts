import { expect, it } from 'vitest';
import type { Exchange } from '../../../lab/protocol.ts';
import { groupTape } from './group-tape.ts';

const exchange = (role: Exchange['role'], requestId: string): Exchange => ({
  role,
  label: '',
  requestId,
  request: { method: 'POST', path: '/mcp', headers: {}, body: '' },
  response: { status: 200, headers: {}, body: '' },
});

const line = (requestId: string) => ({ requestId, at: 0, kind: 'audit' as const, line: '' });

it('joins entries to their exchange and keeps the order in which things happened', () => {
  const exchanges = [exchange('control', 'a'), exchange('attack', 'b')];
  const tape = [line('a'), line('a'), line('b'), line('a'), line('-'), line('elsewhere')];
  expect(
    groupTape(tape, exchanges).map(({ number, role, entries }) => [number, role, entries.length]),
  ).toEqual([
    [1, 'control', 2],
    [2, 'attack', 1],
    [1, 'control', 1],
    [undefined, undefined, 1],
    [undefined, undefined, 1],
  ]);
});
