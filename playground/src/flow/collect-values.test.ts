import { expect, it } from 'vitest';
import type { FlowWalk, WalkedStep } from '../../../studies/flow/shared.ts';
import { collectValues } from './collect-values.ts';

function walkedStep(id: string, values: Record<string, string>): WalkedStep {
  const carried = Object.entries(values).map(([name, value]) => ({ name, value }));
  return {
    id,
    outcome: 'done',
    sabotages: [],
    summary: '',
    exchanges: [],
    tape: [],
    carried,
    refusals: [],
    remarks: [],
  };
}

const walk: FlowWalk = {
  steps: [
    walkedStep('token', { access_token: 'first', scope: 'read' }),
    walkedStep('call', {}),
    walkedStep('refresh', { access_token: 'second' }),
  ],
  faults: [],
};

it('holds what was learned up to a step, and nothing of what comes later', () => {
  expect(collectValues(walk, 'call')).toEqual([
    { name: 'access_token', value: 'first', step: 1 },
    { name: 'scope', value: 'read', step: 1 },
  ]);
});

it('replaces a value that was learned again', () => {
  expect(collectValues(walk, 'refresh')).toEqual([
    { name: 'scope', value: 'read', step: 1 },
    { name: 'access_token', value: 'second', step: 3 },
  ]);
});
