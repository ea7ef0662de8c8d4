/** The walks through the flows: every switch spoils the insecure server, and the right control stops it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { curriculum } from '../../catalogue/curriculum.ts';
import type { TargetSpec } from '../../lab/target-spec.ts';
import { flows } from '../../studies/flow/flows.ts';
import { flowIds, type FlowId } from '../../studies/flow/shared.ts';
import { walkFlow } from '../../studies/flow/walk-flow.ts';
import { Lab } from '../../lab/lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

const walk = (spec: TargetSpec, flow: FlowId, switches: string[] = []) =>
  lab.study(spec, (session) => walkFlow(session, flow, switches));

describe.each(flows.map((flow) => [flow.id, flow] as const))(
  '%s',
  (flow, { topic, parties, steps, sabotages }) => {
    const ids = steps.map(({ id }) => id);

    test('names topics that are present, steps that are its own, and parties that take part', () => {
      const slugs = curriculum.map(({ slug }) => slug);
      for (const named of [topic, ...[...steps, ...sabotages].map((one) => one.topic)]) {
        expect(slugs).toContain(named);
      }
      for (const { step } of sabotages) expect(ids).toContain(step);
      // An address names a flow or, of the first flow, a step.
      expect(ids.filter((id) => flowIds.some((known) => known === id))).toEqual([]);
      for (const [from, to] of steps.flatMap(({ messages }) => messages)) {
        expect(parties.indexOf(from)).toBeGreaterThanOrEqual(0);
        // An arrow is drawn from the left to the right.
        expect(parties.indexOf(to)).toBeGreaterThan(parties.indexOf(from));
      }
    });

    test('an honest walk reaches its end on the reference, and nothing is remarkable', async () => {
      const { steps: walked, faults } = await walk({ kind: 'reference' }, flow);
      expect(walked.map(({ id, outcome }) => [id, outcome])).toEqual(ids.map((id) => [id, 'done']));
      expect(walked.flatMap(({ remarks }) => remarks)).toEqual([]);
      // A call without a token is refused without any control saying so; the challenge is the answer.
      expect(walked.flatMap(({ refusals }) => refusals)).toEqual([]);
      expect(faults).toEqual([]);
    });

    test('an honest walk reaches its end on the insecure server, too', async () => {
      const { steps: walked } = await walk({ kind: 'baseline' }, flow);
      expect(walked.filter(({ outcome }) => outcome !== 'done')).toEqual([]);
    });

    describe.each(sabotages.map((sabotage) => [sabotage.id, sabotage] as const))(
      '%s',
      (id, { step, topic: refusedBy }) => {
        test('goes through on the insecure server', async () => {
          const { steps: walked } = await walk({ kind: 'baseline' }, flow, [id]);
          expect(walked.find((one) => one.id === step)).toMatchObject({
            outcome: 'done',
            sabotages: [id],
            refusals: [],
          });
        });

        test('is refused by the reference, by a control of its topic', async () => {
          const { steps: walked } = await walk({ kind: 'reference' }, flow, [id]);
          const spoiled = walked.find((one) => one.id === step);
          expect(spoiled).toMatchObject({ outcome: 'refused', sabotages: [id] });
          expect(spoiled?.refusals[0]?.topic).toBe(refusedBy);
        });
      },
    );
  },
);

test('tokens are shown decoded', async () => {
  const { steps } = await walk({ kind: 'reference' }, 'sign-in');
  expect(steps.find(({ id }) => id === 'token')?.carried).toContainEqual(
    expect.objectContaining({
      name: 'access_token',
      decoded: expect.objectContaining({ header: expect.objectContaining({ typ: 'at+jwt' }) }),
    }),
  );
});

test('without a control of topic 20, an honest walk over a third party has remarks', async () => {
  const { steps } = await walk({ kind: 'without', topic: '20-upstream-authority' }, 'third-party');
  const remarkable = steps.filter(({ remarks }) => remarks.length > 0).map(({ id }) => id);
  expect(remarkable).toEqual(['our-page', 'back', 'diary']);
});

test('what is passed over on the insecure server is taken to its end: the diary', async () => {
  const { steps } = await walk({ kind: 'baseline' }, 'third-party', ['rides-consent']);
  expect(steps.at(-1)?.summary).toBe('The attacker’s client has Alice’s diary.');
});
