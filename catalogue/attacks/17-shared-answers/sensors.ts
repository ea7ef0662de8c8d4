/** A sensor is reached by its number, by somebody of another tenant. */
import { z } from 'zod';
import { defineAttack, type Attack, type Findings } from '../../../lab/attack.ts';
import { OTHER_ISSUER, StepFailed, type LabReply, type LabSession } from '../../../lab/protocol.ts';
import { cwe, link } from '../references.ts';
import { describeReply, succeeded } from '../replies.ts';
import { tellName } from './keys.ts';
import {
  addSecretSensor,
  addSensor,
  ADMINISTRATOR,
  ALICE,
  BOB,
  callAs,
  complainUnlessNotFound,
  fill,
  isLetIn,
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
/** The server keeps an answer for half a minute. */
const LONGER_THAN_KEPT_MS = 31_000;

const notAuthorized = cwe(862, 'Missing Authorization');

/** They have a sensor each, and are of different tenants. */
interface People {
  people: Person[];
}
const PEOPLE = z.strictObject({ people: z.array(person).min(2).max(24) });

const alike = (...names: string[]): People => ({
  people: names.map((name) => ({ name: 'alice', tenant: `${name}-{{nonce}}` })),
});
const behind = (...ends: string[]): People => ({
  people: ends.map((end) => ({ name: 'alice', tenant: `acme-{{nonce}}${end}` })),
});

const OTHERS: Record<string, People> = {
  'somebody else': { people: [ALICE, BOB] },
  'a company with a short name': { people: [ALICE, { name: 'mallory', tenant: 'a' }] },
  'her namesake': { people: [ALICE, { ...BOB, name: ALICE.name }] },
  'an administrator': { people: [ALICE, { ...BOB, scope: ADMINISTRATOR }] },
  'a company of that name elsewhere': {
    people: [
      ALICE,
      { ...ALICE, issuer: OTHER_ISSUER },
      { ...ALICE, issuer: '{{issuer}}/' },
      { ...ALICE, issuer: '{{issuer}}/realms/a' },
      { ...ALICE, issuer: '{{issuer}}/realms/A' },
    ],
  },
  'names that look alike': alike(
    'cafe',
    'Cafe',
    'caf\u00e9',
    'cafe\u0301',
    'ca\u00adfe',
    'cafe\u00b2',
  ),
  'names with other signs': alike('a-b', 'a_b', 'a b', 'ab', 'a%2Db'),
  'names that are numbers': alike('1', '01', '1.0', '\uff11'),
  'names that go on': behind('', ' ', '\n', '/paris', '-2'),
  'long names': behind(`${'x'.repeat(300)}1`, `${'x'.repeat(300)}2`),
};

interface Told {
  tool: 'get_sensor' | 'retire_sensor' | 'list_sensors';
  other: Person;
}

interface Owned {
  who: Person;
  id: number;
}

/** Everybody has a sensor and has read it, and has taken another one out of service. */
async function giveSensors(lab: LabSession, people: Person[]): Promise<Owned[]> {
  const owned: Owned[] = [];
  for (const who of people) {
    if (who.issuer !== undefined && !(await isLetIn(lab, who))) continue;
    const old = await addSensor(lab, who, { name: 'old' });
    const id = await addSecretSensor(lab, who);
    const replies = [
      await callAs(lab, who, 'retire_sensor', { id: old }),
      await callAs(lab, who, 'get_sensor', { id }),
    ];
    const failed = replies.find((reply) => !succeeded(reply));
    if (failed) throw new StepFailed(`Somebody’s own sensor: ${describeReply(failed)}`);
    owned.push({ who, id });
  }
  return owned;
}

/** What each gets of the sensors of all others; ends with the first who gets something. */
async function amongOthers(
  owned: Owned[],
  use: (other: Person, theirs: Owned) => Promise<Findings>,
): Promise<Findings> {
  const complaints = new Set<string>();
  for (const theirs of owned) {
    for (const { who } of owned) {
      if (who === theirs.who) continue;
      const found = await use(who, theirs);
      if (found.breaches.length > 0) return found;
      for (const complaint of found.complaints) complaints.add(complaint);
    }
  }
  return { breaches: [], complaints: [...complaints].slice(0, 1) };
}

const tenantOf = ({ tenant, issuer }: Person): string =>
  tellName(tenant.replace('-{{nonce}}', '')) +
  (issuer === undefined ? '' : ` of ${tellName(issuer)}`);

export const sensors: Attack[] = [
  defineAttack<People>({
    id: 'sensor-of-others-read',
    title: 'A number of somebody else’s, read',
    level: 'core',
    story:
      'Lists show what is one’s own. Bob does not ask for a list: he asks for number 1, and 2, and 3.',
    secureAnswer:
      'There is no such sensor for whoever is of another tenant; whatever their scopes, and however like the names are.',
    lessonAnchor: 'reading-and-writing',
    references: [otherKey, objectLevel],
    payload: PEOPLE,
    ordinaryUse: sensorsWork,
    variants: OTHERS,
    async fire({ people }, lab) {
      return amongOthers(await giveSensors(lab, people), async (other, { who, id }) => {
        const reply = await callAs(lab, other, 'get_sensor', { id });
        return reply.text.includes(secretOf(lab))
          ? {
              breaches: [`A sensor of ${tenantOf(who)} was shown to ${tenantOf(other)}.`],
              complaints: [],
            }
          : { breaches: [], complaints: complainUnlessNotFound(reply) };
      });
    },
  }),

  defineAttack<People>({
    id: 'sensor-of-others-retired',
    title: 'A number of somebody else’s, retired',
    level: 'core',
    story:
      'Reading is refused, and has been tested. The tool that takes a sensor out of service was written in another week, and nobody thought of it.',
    secureAnswer: 'The sensor goes on. One rule for whatever is done to it.',
    lessonAnchor: 'reading-and-writing',
    references: [getNotPost, notAuthorized, objectLevel],
    payload: PEOPLE,
    ordinaryUse: sensorsWork,
    variants: OTHERS,
    async fire({ people }, lab) {
      return amongOthers(await giveSensors(lab, people), async (other, { who, id }) => {
        const reply = await callAs(lab, other, 'retire_sensor', { id });
        if (!succeeded(reply)) return { breaches: [], complaints: complainUnlessNotFound(reply) };
        const theirs = await callAs(lab, who, 'get_sensor', { id });
        const breach = `A sensor of ${tenantOf(who)} was taken out of service by ${tenantOf(other)}.`;
        return { breaches: succeeded(theirs) ? [] : [breach], complaints: [] };
      });
    },
  }),

  defineAttack<Told>({
    id: 'sensor-of-others-told',
    title: 'An answer that tells there is one',
    level: 'core',
    story:
      'Bob is refused, and learns something all the same: for a number of Acme’s the answer is another one than for a number that nobody has. So he counts what Acme has. And he names companies, until the answer says which of them are customers.',
    secureAnswer: 'The same answer for both, word by word.',
    lessonAnchor: 'reading-and-writing',
    references: [cwe(204, 'Observable Response Discrepancy')],
    payload: z.strictObject({
      tool: z.enum(['get_sensor', 'retire_sensor', 'list_sensors']),
      other: person,
    }),
    ordinaryUse: sensorsWork,
    variants: {
      reading: { tool: 'get_sensor', other: BOB },
      retiring: { tool: 'retire_sensor', other: BOB },
      'naming a company': { tool: 'list_sensors', other: BOB },
    },
    async fire({ tool, other }, lab) {
      // Numbers of as many digits, and one of his own that makes sure that there are rows at all.
      await addSensor(lab, other);
      const tenant = fill(lab, ALICE.tenant);
      // Her client names her tenant; a server that wants no names gets none.
      const isNamed = succeeded(await callAs(lab, ALICE, 'list_sensors', { tenant }));
      const id = await addSecretSensor(lab, ALICE, isNamed ? { tenant } : {});
      const [theirs, none] =
        tool === 'list_sensors'
          ? [{ tenant }, { tenant: tenant.replace('acme', 'acne') }]
          : [{ id }, { id: id + 1 }];
      const replies = [await callAs(lab, other, tool, theirs)];
      // What is kept of the first answer would make the second the same.
      await lab.advance(LONGER_THAN_KEPT_MS);
      replies.push(await callAs(lab, other, tool, none));
      const [ofTheirs, ofNone] = replies.map((reply, at) =>
        whatItSays(reply, String(Object.values([theirs, none][at] ?? {})[0])),
      );
      return {
        breaches:
          ofTheirs === ofNone
            ? []
            : [
                `Of what is Acme’s the server says ${replies.map(describeReply).join('; of what is nobody’s, ')}`,
              ],
        complaints: [],
      };
    },
  }),
];

/** An answer without what differs from request to request, and without what was asked for. */
function whatItSays({ status, json, requestId }: LabReply, asked: string): string {
  const { result, error } = (json ?? {}) as { result?: unknown; error?: unknown };
  return JSON.stringify([status, result, error])
    .replaceAll(requestId, 'the request')
    .replaceAll(new RegExp(`\\b${asked}\\b`, 'g'), 'it');
}
