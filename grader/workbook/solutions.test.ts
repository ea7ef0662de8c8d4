/** Every wrong solution fails exactly the checks that name it; every right one passes all. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LabBench } from '../lab.ts';
import { failuresIn, runTopic } from '../run-topic.ts';
import { listVariants, type RightSolution, type Variant, type WrongSolution } from '../variants.ts';

const root = path.resolve(import.meta.dirname, '../..');

let lab: LabBench;
beforeAll(async () => {
  lab = await LabBench.open();
});
afterAll(() => lab.close());

const importVariant = <T>({ file }: Variant): Promise<T> =>
  import(/* @vite-ignore */ pathToFileURL(path.join(root, file)).href) as Promise<T>;

describe.each(listVariants('wrong'))('$topic, wrong: $name', (variant) => {
  test('fails exactly the checks that name it', async () => {
    const { mistake, caughtBy } = await importVariant<WrongSolution>(variant);
    const results = await runTopic(variant.topic, { ...variant, kind: 'variant' }, lab);
    expect(mistake).toMatch(/\.$/);
    expect(caughtBy.length).toBeGreaterThan(0);
    expect(failuresIn(results).sort(), explain(results)).toEqual([...caughtBy].sort());
  });
});

describe.each(listVariants('right'))('$topic, right: $name', (variant) => {
  test('passes every check', async () => {
    const { idea } = await importVariant<RightSolution>(variant);
    const results = await runTopic(variant.topic, { ...variant, kind: 'variant' }, lab);
    expect(idea).toMatch(/\.$/);
    expect(failuresIn(results), explain(results)).toEqual([]);
  });
});

const explain = (results: Awaited<ReturnType<typeof runTopic>>): string =>
  [...results].flatMap(([id, why]) => (why === undefined ? [] : [`${id}: ${why}`])).join('\n');
