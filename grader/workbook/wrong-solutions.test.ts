/** Every wrong solution fails the checks that name it; in the whole matrix, exactly those. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { LabBench } from '../lab.ts';
import { howItFails, readKnownMistakes } from '../grading/known-mistakes.ts';
import { failuresIn, runTopic } from '../run-topic.ts';
import { listVariants, type WrongSolution } from '../variants.ts';
import { explain, importVariant, variantsToTry, wholeMatrix } from './variants-lab.ts';

let lab: LabBench;
beforeAll(async () => {
  lab = await LabBench.open();
});
afterAll(() => lab.close());

// Every variant stays loaded in the target; now and then it starts afresh.
let tried = 0;
afterEach(() => (++tried % 24 === 0 ? lab.restart() : undefined));

const known = readKnownMistakes();

test('grading knows every wrong solution by how it fails', async () => {
  const written = listVariants('wrong').map(async (variant) => {
    const { mistake, caughtBy } = await importVariant<WrongSolution>(variant);
    return { topic: variant.topic, name: variant.name, mistake, caughtBy: [...caughtBy].sort() };
  });
  const recorded = Object.entries(known).flatMap(([topic, mistakes]) =>
    mistakes.map(({ fails, ...mistake }) => ({
      topic,
      ...mistake,
      caughtBy: Object.keys(fails).sort(),
    })),
  );
  expect(recorded, 'npm run record-mistakes -- <topic> records them').toEqual(
    await Promise.all(written),
  );
});

describe.each(variantsToTry('wrong'))('$topic, wrong: $name', (variant) => {
  test(`fails ${wholeMatrix ? 'exactly ' : ''}the checks that name it`, async () => {
    const { mistake, caughtBy } = await importVariant<WrongSolution>(variant);
    expect(mistake).toMatch(/\.$/);
    expect(caughtBy.length).toBeGreaterThan(0);
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
