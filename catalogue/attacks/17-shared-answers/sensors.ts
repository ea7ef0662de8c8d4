/** A sensor is reached by its number, by somebody of another tenant. */
import { z } from 'zod';
import { defineAttack, type Attack } from '../../../lab/attack.ts';
import { StepFailed, type LabReply } from '../../../lab/protocol.ts';
import { cwe, link } from '../references.ts';
import { describeReply, errorCodeOf, succeeded } from '../replies.ts';
import {
  addSecretSensor,
  addSensor,
  ADMINISTRATOR,
  ALICE,
  BOB,
  callAs,
  otherKey,
  person,
  secretOf,
  sensorsWork,
  type Person,
} from './people.ts';

const getNotPost = link(
  'elizaOS/eliza#11838: reading was gated, invoking was not',
  'https://github.com/elizaOS/eliza/issues/11838',
);
const objectLevel = link(
  'OWASP API1:2023, Broken Object Level Authorization',
  'https://owasp.org/API-Security/editions/2023/en/0xa1-broken-object-level-authorization/',
);
const notAuthorized = cwe(862, 'Missing Authorization');

const OTHERS: Record<string, { other: Person }> = {
  'somebody else': { other: BOB },
  'her namesake': { other: { ...BOB, name: ALICE.name } },
  'an administrator': { other: { ...BOB, scope: ADMINISTRATOR } },
};

export const sensors: Attack[] = [
  defineAttack<{ other: Person }>({
    id: 'sensor-of-others-read',
    title: 'A number of somebody else’s, read',
    level: 'core',
    story:
      'Lists show what is one’s own. Bob does not ask for a list: he asks for number 1, and 2, and 3.',
    secureAnswer:
      'There is no such sensor, for Bob; whatever his scopes at Globex, and whatever his name.',
    lessonAnchor: 'reading-and-writing',
    references: [otherKey, objectLevel],
    payload: z.strictObject({ other: person }),
    ordinaryUse: sensorsWork,
    variants: OTHERS,
    async fire({ other }, lab) {
      const id = await addSecretSensor(lab, ALICE);
      const reply = await callAs(lab, other, 'get_sensor', { id });
      return reply.text.includes(secretOf(lab))
        ? { breaches: [`Sensor ${id} was shown to somebody of another tenant.`], complaints: [] }
        : { breaches: [], complaints: complainUnlessNotFound(reply) };
    },
  }),

  defineAttack<{ other: Person }>({
    id: 'sensor-of-others-retired',
    title: 'A number of somebody else’s, retired',
    level: 'core',
    story:
      'Reading is refused, and has been tested. The tool that takes a sensor out of service was written in another week, and nobody thought of it.',
    secureAnswer: 'The sensor goes on. One rule for whatever is done to it.',
    lessonAnchor: 'reading-and-writing',
    references: [getNotPost, notAuthorized, objectLevel],
    payload: z.strictObject({ other: person }),
    ordinaryUse: sensorsWork,
    variants: OTHERS,
    async fire({ other }, lab) {
      const id = await addSecretSensor(lab, ALICE);
      const reply = await callAs(lab, other, 'retire_sensor', { id });
      const hers = await callAs(lab, ALICE, 'get_sensor', { id });
      if (hers.text.includes(secretOf(lab))) {
        return { breaches: [], complaints: complainUnlessNotFound(reply) };
      }
      if (!succeeded(reply)) {
        throw new StepFailed(`Alice does not see her sensor: ${describeReply(hers)}`);
      }
      const breach = `Sensor ${id} was taken out of service by somebody of another tenant.`;
      return { breaches: [breach], complaints: [] };
    },
  }),

  defineAttack<{ tool: 'get_sensor' | 'retire_sensor'; other: Person }>({
    id: 'sensor-of-others-told',
    title: 'An answer that tells there is one',
    level: 'core',
    story:
      'Bob is refused, and learns something all the same: for a number of Acme’s the answer is another one than for a number that nobody has. So he counts what Acme has.',
    secureAnswer: 'The same answer for both, word by word.',
    lessonAnchor: 'reading-and-writing',
    references: [cwe(204, 'Observable Response Discrepancy')],
    payload: z.strictObject({ tool: z.enum(['get_sensor', 'retire_sensor']), other: person }),
    ordinaryUse: sensorsWork,
    variants: {
      reading: { tool: 'get_sensor', other: BOB },
      retiring: { tool: 'retire_sensor', other: BOB },
    },
    async fire({ tool, other }, lab) {
      // Numbers of as many digits, and one of his own that makes sure that there are rows at all.
      await addSensor(lab, other);
      const id = await addSecretSensor(lab, ALICE);
      const [theirs, none] = [
        await callAs(lab, other, tool, { id }),
        await callAs(lab, other, tool, { id: id + 1 }),
      ];
      const same = whatItSays(theirs, id) === whatItSays(none, id + 1);
      return {
        breaches: same
          ? []
          : [
              `Of Acme’s sensor the server says ${describeReply(theirs)}; of none, ${describeReply(none)}`,
            ],
        complaints: [],
      };
    },
  }),
];

/** An answer without what differs from request to request. */
function whatItSays({ status, json, requestId }: LabReply, id: number): string {
  const { result, error } = (json ?? {}) as { result?: unknown; error?: unknown };
  return JSON.stringify([status, result, error])
    .replaceAll(requestId, 'the request')
    .replaceAll(new RegExp(`\\b${id}\\b`, 'g'), 'the number');
}

/** Neighbours pass the message of a `NotFoundError` on as it is, so that its words can be compared. */
function complainUnlessNotFound(reply: LabReply): string[] {
  const { result } = (reply.json ?? {}) as {
    result?: { isError?: boolean; content?: { text?: string }[] };
  };
  const inWords = result?.isError === true && !/"code"\s*:/.test(result.content?.[0]?.text ?? '');
  return errorCodeOf(reply) === 'NOT_FOUND' || inWords
    ? []
    : [`Whoever has no such sensor is told NOT_FOUND; it answered ${describeReply(reply)}`];
}
