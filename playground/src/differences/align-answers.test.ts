import { expect, it } from 'vitest';
import type { AttackReport } from '../../../lab/protocol.ts';
import type { TargetName } from '../../lab-api.ts';
import type { Outcome } from '../lab-client/shot.ts';
import { alignAnswers } from './align-answers.ts';

const outcome = (target: TargetName, status: number, headers: object, body: string): Outcome => {
  const response = { status, headers, body };
  const exchanges = [
    { requestId: 'n-1', response: { status: 500, headers: {}, body: '' } },
    { requestId: 'n-2', response },
  ];
  const report = { attackId: 'x', decisive: 'n-2', exchanges } as unknown as AttackReport;
  return { type: 'report', target, report, milliseconds: 1 };
};
const secure = { 'x-frame-options': 'DENY', vary: 'Origin' };

it('keeps the status and what differs between yours and the reference, side by side', () => {
  const aligned = alignAnswers({
    baseline: outcome('baseline', 200, { vary: 'Origin' }, '{"a":1}'),
    yours: outcome('yours', 200, secure, '{"a":1}'),
    reference: outcome('reference', 401, { ...secure, 'www-authenticate': 'Bearer' }, '{"b":2}'),
  });
  expect(aligned?.rows).toEqual([
    { name: 'Status', values: expect.objectContaining({ reference: '401 Unauthorized' }) },
    { name: 'www-authenticate', values: { reference: 'Bearer' } },
  ]);
  expect(aligned?.baselineAlone).toEqual(['x-frame-options']);
  expect(aligned?.bodies.reference).toBe('{\n  "b": 2\n}');
  expect(aligned?.sameBody).toBe(false);
});

it('has nothing to align until two have answered', () => {
  expect(alignAnswers({ yours: outcome('yours', 200, {}, '') })).toBeUndefined();
});

it('does not indent what is nested without end', () => {
  const deep = '['.repeat(9_000) + ']'.repeat(9_000);
  const aligned = alignAnswers({
    yours: outcome('yours', 200, {}, deep),
    reference: outcome('reference', 200, {}, '{}'),
  });
  expect(aligned?.bodies.yours).toBe(deep);
});
