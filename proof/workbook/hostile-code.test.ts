/**
 * Hostile code in every topic: each fault ends in words that name the file, and with
 * it the topic; the next check runs, and nothing is left behind. `npm run test:matrix` tries every
 * fault on every topic.
 *
 * @module-tag long
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LegitimateUse } from '../../lab/attack.ts';
import { curriculum, type Topic } from '../../catalogue/curriculum.ts';
import { Lab } from '../../lab/lab.ts';
import { loadCatalogue } from '../../catalogue/load-catalogue.ts';
import { TargetProblem } from '../../lab/target-process.ts';
import { faultsToTry, type Fault } from './hostile-code.ts';
import { wholeMatrix } from './solutions-lab.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = `.workbook/hostile-${process.pid}`;

/** What never ends is given up sooner than for a learner, by the same rules. */
const IMPATIENT = 1 / 5;
/** What is left behind shows in one of the next checks. */
const MOST_TRIES = 20;

let patient: Lab;
let impatient: Lab;
beforeAll(async () => {
  patient = await Lab.open();
  impatient = await Lab.open({ patience: IMPATIENT });
});
afterAll(async () => {
  await Promise.all([patient.close(), impatient.close()]);
  rmSync(path.join(root, folder), { recursive: true, force: true });
});

/** What the learner is told in the course of the topic's ordinary use; undefined if nothing. */
async function toldAbout(
  topic: Topic,
  { name, costs, source }: Fault,
): Promise<string | undefined> {
  const file = `${folder}/${topic.slug}/${name}.ts`;
  const text = source(topic);
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  if (text !== undefined) writeFileSync(path.join(root, file), text);
  const lab = costs === 'wait' ? impatient : patient;
  const { uses } = await loadCatalogue(topic.slug);
  for (let tried = 0; tried < Math.max(uses.length, MOST_TRIES); tried++) {
    const use = uses[tried % uses.length] as LegitimateUse;
    try {
      const { problems, faults } = await lab.try(
        { kind: 'solution', topic: topic.slug, file },
        use,
      );
      const told = [...faults, ...problems].join('\n');
      if (told !== '') return told;
    } catch (error) {
      if (error instanceof TargetProblem) return error.message;
      throw error;
    }
  }
  return undefined;
}

describe.each(curriculum)('$slug', (topic) => {
  test.each(faultsToTry(topic, wholeMatrix))('$name', async (fault) => {
    const told = await toldAbout(topic, fault);
    expect(told).toMatch(fault.told);
    expect(told).toContain(`${topic.slug}/${fault.name}.ts`);
  });

  test('is graded right after all that', async () => {
    for (const use of (await loadCatalogue(topic.slug)).uses.slice(0, 2)) {
      const { problems, faults } = await patient.try({ kind: 'reference' }, use);
      expect([...faults, ...problems]).toEqual([]);
    }
  });
});
