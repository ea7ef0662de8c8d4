/**
 * The attacks and the ordinary uses of a topic as tests, fired at this project. A test passes if the
 * attack had no effect, its answer is what a client needs, and ordinary use works before and after.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TopicCatalogue } from '../../../lab/attack.ts';
import { Lab } from '../../../lab/lab.ts';
import type { TargetSpec } from '../../../lab/target-spec.ts';

const project: TargetSpec = { kind: 'whole-student' };

export function checkTopic(topic: string, { attacks, uses }: TopicCatalogue): void {
  let lab: Lab;
  const firings = mkdtempSync(path.join(tmpdir(), 'weather-server-'));
  beforeAll(async () => {
    lab = await Lab.open({ environment: { FIRINGS_FOLDER: firings } });
  });
  afterAll(async () => {
    await lab.close();
    rmSync(firings, { recursive: true, force: true, maxRetries: 5 });
  });

  describe(topic, () => {
    for (const attack of attacks.filter(({ level }) => level === 'core')) {
      for (const variant of Object.keys(attack.variants)) {
        test(`stops ${attack.id}: ${variant}`, async () => {
          const { verdict, summary, breaches, complaints, controlProblems, faults } =
            await lab.fire(project, attack, variant);
          const said = [summary, ...breaches, ...complaints, ...controlProblems, ...faults];
          const why = `${attack.title}\n${[...new Set(said)].join('\n')}\n${attack.secureAnswer}`;
          expect({ verdict, complaints }, why).toEqual({ verdict: 'blocked', complaints: [] });
        });
      }
    }
    for (const use of uses.filter(({ level = 'core' }) => level === 'core')) {
      test(`lets ${use.id} through`, async () => {
        const { problems } = await lab.try(project, use);
        expect(problems, use.why).toEqual([]);
      });
    }
  });
}
