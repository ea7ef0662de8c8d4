/** Every wrong solution fails the checks that name it; in the whole matrix, exactly those. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Lab } from '../../lab/lab.ts';
import { howItFails, readKnownMistakes } from '../../grader/grading/known-mistakes.ts';
import { failuresIn, runTopic } from '../../grader/run-topic.ts';
import type { WrongSolution } from '../solutions.ts';
import { explain, importVariant, variantsToTry, wholeMatrix } from './variants-lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

/** A whole topic at a time, on a machine that may do other things as well. */
const timeout = wholeMatrix ? 10 * 60_000 : 60_000;

// Every variant stays loaded in the target; now and then it starts afresh.
let tried = 0;
afterEach(() => (++tried % 24 === 0 ? lab.restart() : undefined));

const known = readKnownMistakes();

describe.each(variantsToTry('wrong'))('$topic, wrong: $name', (variant) => {
  test(`fails ${wholeMatrix ? 'exactly ' : ''}the checks that name it`, { timeout }, async () => {
    const { caughtBy } = await importVariant<WrongSolution>(variant);
    const spec = { ...variant, kind: 'variant' } as const;
    const only = wholeMatrix ? undefined : caughtBy;
    const results = await runTopic(variant.topic, spec, lab, { only });
    expect(failuresIn(results).sort(), explain(results)).toEqual([...caughtBy].sort());
    const recorded = known[variant.topic]?.find(({ name }) => name === variant.name)?.fails ?? {};
    for (const [id, signature] of Object.entries(howItFails(results))) {
      // What follows may be worded by chance, of a solution that races with itself.
      const [verdict = ''] = signature.split('. ');
      if (verdict.includes(': ')) expect(recorded[id], 'as recorded').toContain(verdict);
    }
  });
});
