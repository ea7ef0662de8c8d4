/**
 * What a right limiter says holds, for every caller, tool and moment: generated schedules, played on
 * the clock of a target, with the advised wait taken literally.
 *
 * @module-tag long
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  beginning,
  whyWaitIsUntrue,
  type PlannedCalls,
} from '../../catalogue/attacks/10-rate-limits/schedules.ts';
import { Lab } from '../../lab/lab.ts';
import type { TargetSession } from '../../lab/target-session.ts';
import type { TargetSpec } from '../../lab/target-spec.ts';
import { targetOf } from '../solutions.ts';
import { solutionsToTry, wholeMatrix } from './solutions-lab.ts';

const TOPIC = '10-rate-limits';
const RUNS = wholeMatrix ? 200 : 40;

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

const tool = fc.constantFrom('get_weather', 'ping_station', 'ping_station', 'get_forecast');
const calls: fc.Arbitrary<PlannedCalls> = fc.record({
  after: fc.nat(200_000),
  tool,
  calls: fc.integer({ min: 1, max: 40 }),
  untilRefused: fc.boolean(),
});
/** In order of time; the last is called more often than any limit allows, or until it is refused. */
const schedule = fc
  .tuple(
    fc.array(calls, { maxLength: 12 }),
    fc.record({
      after: fc.integer({ min: 200_000, max: 300_000 }),
      tool,
      calls: fc.constant(80),
      untilRefused: fc.boolean(),
    }),
  )
  .map(([some, last]) => [...some.toSorted((one, other) => one.after - other.after), last]);

/** Tries a property with one server, and users of its own for each run. */
async function holds<T>(
  spec: TargetSpec,
  arbitrary: fc.Arbitrary<T>,
  property: (session: TargetSession, user: string, value: T) => Promise<void>,
): Promise<void> {
  await lab.study(spec, async (session) => {
    let users = 0;
    await fc.assert(
      fc.asyncProperty(arbitrary, (value) => property(session, `user-${users++}`, value)),
      { numRuns: RUNS },
    );
    return { faults: [] };
  });
}

const solutions: [name: string, spec: TargetSpec][] = [
  ['the reference', { kind: 'reference' }],
  ...(await solutionsToTry('right'))
    .filter(({ topic }) => topic === TOPIC)
    .map((solution): [string, TargetSpec] => [solution.name, targetOf(solution)]),
];

describe.each(solutions)('the limiter of %s', (_name, spec) => {
  test('serves whoever waits as told, whatever was called before', async () => {
    await holds(spec, schedule, async (session, user, plan) => {
      expect(await whyWaitIsUntrue(session, user, plan)).toBeUndefined();
    });
  });

  test('lets no more through at once than a limit allows, in any order of tools', async () => {
    const { perToolPerMinute, perUserPerMinute } = (await limitsOf(spec)) ?? {};
    await holds(
      spec,
      fc.array(calls, { minLength: 1, maxLength: 12 }),
      async (session, user, plan) => {
        const at = await beginning(session);
        const answers = await session.limiter(
          plan.map(({ tool: called, calls: times }) => ({
            at,
            subject: user,
            tool: called,
            calls: times,
          })),
        );
        const allowedOf = (isCounted: (called: string) => boolean): number =>
          answers.reduce(
            (sum, { allowed }, index) => (isCounted(plan[index]?.tool ?? '') ? sum + allowed : sum),
            0,
          );
        expect(allowedOf(() => true)).toBeLessThanOrEqual(perUserPerMinute ?? 0);
        for (const [limited, limit] of Object.entries(perToolPerMinute ?? {})) {
          expect(allowedOf((called) => called === limited)).toBeLessThanOrEqual(limit);
        }
      },
    );
  });
});

async function limitsOf(spec: TargetSpec): Promise<TargetSession['config']['limits'] | undefined> {
  let limits: TargetSession['config']['limits'] | undefined;
  await lab.study(spec, async ({ config }) => {
    limits = config.limits;
    return { faults: [] };
  });
  return limits;
}
