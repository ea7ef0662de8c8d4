/** Every wrong solution fails the checks that name it; in the whole matrix, exactly those. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Lab } from '../../lab/lab.ts';
import { howItFails, readKnownMistakes } from '../../grader/grading/known-mistakes.ts';
import { failuresIn, runTopic } from '../../grader/run-topic.ts';
import { targetOf } from '../solutions.ts';
import { explain, solutionsToTry, wholeMatrix } from './solutions-lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

// Every solution stays loaded in the target; now and then it starts afresh.
let tried = 0;
afterEach(() => (++tried % 24 === 0 ? lab.restart() : undefined));

describe.each(await solutionsToTry('wrong'))('$topic, wrong: $name', (solution) => {
  test(`fails ${wholeMatrix ? 'exactly ' : ''}the checks that name it`, solution.tags, async () => {
    const caughtBy = solution.exports.caughtBy as string[];
    const only = wholeMatrix ? undefined : caughtBy;
    const results = await runTopic(solution.topic, targetOf(solution), lab, { only });
    expect(failuresIn(results).sort(), explain(results)).toEqual([...caughtBy].sort());
    if (solution.exports.races === true) return;
    const recorded =
      readKnownMistakes(solution.topic).find(({ name }) => name === solution.name)?.fails ?? {};
    for (const [id, signature] of Object.entries(howItFails(results))) {
      // What follows may be worded by chance, of a solution that races with itself.
      const [verdict = ''] = signature.split('. ');
      if (verdict.includes(': ')) expect(recorded[id], 'as recorded').toContain(verdict);
    }
  });
});
