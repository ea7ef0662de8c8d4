/** Every right solution passes every check. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LabBench } from '../lab.ts';
import { failuresIn, runTopic } from '../run-topic.ts';
import { listVariants, type RightSolution } from '../variants.ts';
import { explain, importVariant } from './variants-lab.ts';

let lab: LabBench;
beforeAll(async () => {
  lab = await LabBench.open();
});
afterAll(() => lab.close());

describe.each(listVariants('right'))('$topic, right: $name', (variant) => {
  test('passes every check', async () => {
    const { idea } = await importVariant<RightSolution>(variant);
    expect(idea).toMatch(/\.$/);
    const results = await runTopic(variant.topic, { ...variant, kind: 'variant' }, lab);
    expect(failuresIn(results), explain(results)).toEqual([]);
  });
});
