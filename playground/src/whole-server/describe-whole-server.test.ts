import { expect, it } from 'vitest';
import { describeWholeServer } from './describe-whole-server.ts';

const item = (holds: boolean) =>
  ({
    topic: '05-access-tokens',
    id: 'x',
    kind: 'attack',
    title: 'X',
    holds,
    evidence: '',
  }) as const;
const soFar = { target: 'yours', part: 1, planned: 3, items: [item(true), item(false)] } as const;

it('says where a check of a whole server stands', () => {
  const both = { ...soFar, items: [...soFar.items] };
  expect(describeWholeServer({ state: 'stopped', ...both })).toBe(
    'Stopped after 2 of 3 items; 1 of them are open.',
  );
  expect(describeWholeServer({ state: 'done', report: '', ...both })).toBe(
    'Yours: 1 of 2 items hold, 1 are open.',
  );
  expect(describeWholeServer({ state: 'done', report: '', ...both, items: [item(true)] })).toBe(
    'Yours: all 1 items hold.',
  );
  expect(
    describeWholeServer({ state: 'failed', message: 'The lab does not answer.', ...both }),
  ).toBe('The lab does not answer. 2 items were checked before.');
});
