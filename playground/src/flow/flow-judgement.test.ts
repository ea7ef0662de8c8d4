import { describe, expect, it } from 'vitest';
import type { WalkedStep } from '../../../studies/flow/shared.ts';
import { judgeStep, judgeWalk, markOf } from './flow-judgement.ts';

const ids: string[] = ['registration', 'authorization', 'token', 'call'];

function walkedStep(changes: Partial<WalkedStep>): WalkedStep {
  return {
    id: 'token',
    outcome: 'done',
    sabotages: [],
    summary: '',
    exchanges: [],
    tape: [],
    carried: [],
    refusals: [],
    remarks: [],
    ...changes,
  };
}

function wordOf(...steps: Partial<WalkedStep>[]): string {
  const walked = ids.map((id, i) => walkedStep({ id, ...steps[i] }));
  const walk = { steps: walked, faults: [] };
  return judgeWalk({ type: 'study', target: 'yours', study: walk, milliseconds: 1 }).word;
}

const spoiled = { sabotages: ['plain'] };
const refused = { ...spoiled, outcome: 'refused' } as const;
const missed = { outcome: 'not-reached' } as const;

describe('a step', () => {
  it('that was spoiled and went on is no success', () => {
    expect(judgeStep(walkedStep(spoiled)).tone).toBe('breached');
    expect(judgeStep(walkedStep({})).tone).toBe('blocked');
  });

  it('nobody reached is neither good nor bad', () => {
    expect(judgeStep(walkedStep(missed)).tone).toBeUndefined();
  });

  it('of a target that could not be asked has the mark of the target', () => {
    const broken = { type: 'broken', target: 'yours', message: '' } as const;
    expect(markOf(broken, 'token')?.word).toBe('Could not run');
  });
});

describe('a walk', () => {
  it('that nobody spoiled reaches the end, fails, or gives a careful client pause', () => {
    expect(wordOf()).toBe('Reached the end');
    expect(wordOf({ remarks: ['no S256'] })).toBe('Reached the end, with remarks');
    expect(wordOf({}, { outcome: 'failed' }, missed, missed)).toBe('Did not work at step 2');
  });

  it('that was spoiled says where it was refused, wherever it went afterwards', () => {
    expect(wordOf({}, {}, refused)).toBe('Refused at step 3');
    expect(wordOf({}, refused, refused, refused)).toBe('Refused at steps 2, 3 and 4');
  });

  it('says when nothing refused it, and when only some of it was refused', () => {
    expect(wordOf({}, spoiled)).toBe('Nothing refused it');
    expect(wordOf({}, spoiled, refused)).toBe('Refused at step 3, not at step 2');
  });

  it('does not count a switch on a step it never came to', () => {
    expect(wordOf({ outcome: 'failed' }, { ...missed, ...spoiled })).toBe('Did not work at step 1');
  });
});
