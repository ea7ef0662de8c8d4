/**
 * The verdicts of the catalogue on targets whose answer is known: every attack works on the insecure
 * server, and on the reference without that topic's controls; none works on the reference; ordinary
 * use works throughout.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { curriculum } from '../../catalogue/curriculum.ts';
import { Lab } from '../../lab/lab.ts';
import { loadCatalogue } from '../../catalogue/load-catalogue.ts';
import type { TargetSpec } from '../../lab/target-spec.ts';
import { editedStubs } from '../../catalogue/shipped-stubs.ts';
import { onlyInAll, wholeMatrix } from './solutions-lab.ts';

/** Every so many payloads of an attack are fired at the reference in `npm run test:all`. */
const BLOCKED_EVERY = 3;

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

for (const topic of curriculum) {
  const { slug } = topic;
  const { attacks, uses } = await loadCatalogue(slug);
  const edited = editedStubs(topic).map(({ file }) => file);

  describe(slug, () => {
    for (const attack of attacks) {
      describe(attack.id, () => {
        for (const [index, variant] of Object.keys(attack.variants).entries()) {
          const verdictOn = async (spec: TargetSpec) => {
            const { verdict, summary } = await lab.fire(spec, attack, variant);
            return `${verdict}: ${summary}`;
          };
          const isFirst = index === 0;
          // `npm test` proves of one payload of each attack that it works, and that it is stopped;
          // all of them are for the whole matrix.
          test.runIf(wholeMatrix || isFirst)(
            `${variant}: breaches the insecure server`,
            async () => {
              expect(await verdictOn({ kind: 'baseline' })).toMatch(/^breached/);
            },
          );
          // The stubs as shipped are those very controls, so one of the two tests says it all.
          test.runIf(wholeMatrix || edited.length > 0)(
            `${variant}: breaches the reference without the controls of the topic`,
            onlyInAll(),
            async () => {
              expect(await verdictOn({ kind: 'without', topic: slug })).toMatch(/^breached/);
            },
          );
          test.runIf(wholeMatrix || index % BLOCKED_EVERY === 0)(
            `${variant}: is blocked by the reference, with the right answer`,
            onlyInAll(!isFirst),
            async () => {
              const report = await lab.fire({ kind: 'reference' }, attack, variant);
              expect(report.verdict, report.summary).toBe('blocked');
              expect(report.complaints).toEqual([]);
              expect(report.faults).toEqual([]);
            },
          );
          // A learner who has begun has other verdicts, and should. The stubs repeat the insecure
          // controls, so that one payload of each attack tells whether they still do.
          test.runIf(edited.length === 0 && (wholeMatrix || isFirst))(
            `${variant}: breaches the stubs as shipped`,
            onlyInAll(),
            async () => {
              expect(await verdictOn({ kind: 'student', topic: slug })).toMatch(/^breached/);
            },
          );
        }
      });
    }

    for (const use of uses) {
      test(`${use.id}: works on the reference`, async () => {
        expect((await lab.try({ kind: 'reference' }, use)).problems).toEqual([]);
      });
      test(
        `${use.id}: ${use.worksOnBaseline ? 'works' : 'does not work'} on the insecure server`,
        onlyInAll(),
        async () => {
          const { problems } = await lab.try({ kind: 'baseline' }, use);
          expect(problems.length === 0, problems.join(' ')).toBe(use.worksOnBaseline);
        },
      );
    }

    test('in CI, the stubs are as shipped', () => {
      if (process.env.CI) expect(edited).toEqual([]);
    });
  });
}
