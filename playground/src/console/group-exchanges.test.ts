import { expect, it } from 'vitest';
import type { Exchange } from '../../../lab/protocol.ts';
import { groupExchanges } from './group-exchanges.ts';

function exchange(role: Exchange['role'], status: number, body = ''): Exchange {
  return {
    role,
    label: role,
    requestId: `${Math.random()}`,
    request: { method: 'POST', path: '/mcp', headers: {}, body: '' },
    response: { status, headers: {}, body },
  };
}

const times = (count: number, make: () => Exchange) => Array.from({ length: count }, make);
const sizes = (exchanges: Exchange[]) =>
  groupExchanges(exchanges).map(({ members }) => members.length);

it('joins rows of like exchanges and keeps control apart from attack', () => {
  const exchanges = [
    exchange('control', 200),
    ...times(60, () => exchange('attack', 200)),
    ...times(140, () => exchange('attack', 429)),
    exchange('control', 200),
  ];
  expect(sizes(exchanges)).toEqual([1, 60, 140, 1]);
});

it('tells a tool error from a result, though both are 200', () => {
  const exchanges = [
    ...times(5, () => exchange('attack', 200, '{"result":{"content":[]}}')),
    ...times(5, () => exchange('attack', 200, '{"result":{"isError": true}}')),
  ];
  expect(sizes(exchanges)).toEqual([5, 5]);
});

it('leaves short rows open and numbers on through groups', () => {
  const groups = groupExchanges([
    ...times(3, () => exchange('attack', 401)),
    ...times(4, () => exchange('attack', 200)),
  ]);
  expect(groups.map(({ members }) => members[0]?.number)).toEqual([1, 2, 3, 4]);
});
