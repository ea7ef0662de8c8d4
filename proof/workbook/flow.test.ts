/** The walk through the flow: every switch spoils the insecure server, and the right control stops it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { curriculum } from '../../catalogue/curriculum.ts';
import { flowSteps, sabotages } from '../../studies/flow/steps.ts';
import { walkFlow } from '../../studies/flow/walk-flow.ts';
import { Lab } from '../../lab/lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

test('steps and switches name topics that are present, and switches name steps', () => {
  const slugs = curriculum.map(({ slug }) => slug);
  for (const { topic } of [...flowSteps, ...sabotages]) expect(slugs).toContain(topic);
  for (const { step } of sabotages) expect(flowSteps.map(({ id }) => id)).toContain(step);
});

test('an honest walk reaches its end on the reference, and nothing is remarkable', async () => {
  const { steps, faults } = await lab.study({ kind: 'reference' }, (session) =>
    walkFlow(session, []),
  );
  expect(steps.map(({ id, outcome }) => [id, outcome])).toEqual(
    flowSteps.map(({ id }) => [id, 'done']),
  );
  expect(steps.flatMap(({ remarks }) => remarks)).toEqual([]);
  // A call without a token is refused without any control saying so; the challenge is the answer.
  expect(steps.flatMap(({ refusals }) => refusals)).toEqual([]);
  expect(faults).toEqual([]);
  expect(steps.find(({ id }) => id === 'token')?.carried).toContainEqual(
    expect.objectContaining({
      name: 'access_token',
      decoded: expect.objectContaining({ header: expect.objectContaining({ typ: 'at+jwt' }) }),
    }),
  );
});

test('an honest walk reaches its end on the insecure server, too', async () => {
  const { steps } = await lab.study({ kind: 'baseline' }, (session) => walkFlow(session, []));
  expect(steps.filter(({ outcome }) => outcome !== 'done')).toEqual([]);
});

describe.each(sabotages.map((sabotage) => [sabotage.id, sabotage] as const))(
  '%s',
  (id, { step, topic }) => {
    test('goes through on the insecure server', async () => {
      const { steps } = await lab.study({ kind: 'baseline' }, (session) => walkFlow(session, [id]));
      expect(steps.find((walked) => walked.id === step)).toMatchObject({
        outcome: 'done',
        sabotages: [id],
        refusals: [],
      });
    });

    test('is refused by the reference, by a control of its topic', async () => {
      const { steps } = await lab.study({ kind: 'reference' }, (session) =>
        walkFlow(session, [id]),
      );
      const walked = steps.find((one) => one.id === step);
      expect(walked).toMatchObject({ outcome: 'refused', sabotages: [id] });
      expect(walked?.refusals[0]?.topic).toBe(topic);
    });
  },
);
