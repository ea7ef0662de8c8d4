/** Every right solution passes every check; in the whole matrix, with every payload. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Lab } from '../../lab/lab.ts';
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

describe.each(await solutionsToTry('right'))('$topic, right: $name', (solution) => {
  test('passes every check', solution.tags, async () => {
    const options = { firstVariants: !wholeMatrix, withoutWholeServer: !wholeMatrix };
    const results = await runTopic(solution.topic, targetOf(solution), lab, options);
    expect(failuresIn(results), explain(results)).toEqual([]);
  });
});
