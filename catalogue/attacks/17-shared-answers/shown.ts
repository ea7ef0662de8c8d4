/** Something in a row that no answer should show. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { defineAttack, type Attack } from '../../../lab/attack.ts';
import type { LabSession } from '../../../lab/protocol.ts';
import { cwe, link } from '../references.ts';
import { addSensor, ALICE, callAs, propertyLevel, sensorsWork, type Person } from './people.ts';

/** A colleague, who may see what the company has, and no keys. */
const COLLEAGUE: Person = { ...ALICE, name: 'dave', scope: 'weather:read' };

/** What must not be shown. In no other text of a firing. */
const canaryOf = (lab: LabSession): string =>
  createHash('sha256').update(lab.nonce).digest('hex').slice(0, 12);

const SYLLABLES = 'ba be bi bo da de di do ka ke ki ko ma me mi mo'.split(' ');
/** The same as people choose passwords. */
const inSyllables = (hex: string): string =>
  hex.replaceAll(/./g, (digit) => SYLLABLES[Number.parseInt(digit, 16)] ?? '');
/** The same as people write down numbers. */
const inGroups = (hex: string): string => hex.match(/.{4}/g)?.join(' ') ?? hex;

const holds = (text: string, canary: string): boolean =>
  [canary, inSyllables(canary), inGroups(canary)].some((form) => text.includes(form));

const wholeObjects = link(
  'litellm#34340: a refusal with the whole objects in it',
  'https://github.com/BerriAI/litellm/pull/34340',
);
const exposed = cwe(200, 'Exposure of Sensitive Information to an Unauthorized Actor');
const name = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/i);
const value = z.string().max(200).optional();

/** Reads a sensor in both ways, and says in which of them the canary was. */
async function judge(lab: LabSession, id: number, what: string) {
  const replies = {
    list_sensors: await callAs(lab, COLLEAGUE, 'list_sensors'),
    get_sensor: await callAs(lab, COLLEAGUE, 'get_sensor', { id }),
  };
  const showing = Object.entries(replies).filter(([, { text }]) => holds(text, canaryOf(lab)));
  return {
    breaches: showing.map(([tool]) => `${tool} showed ${what}.`),
    complaints: [],
  };
}

/** A text in which the canary stands, as a key or as people write such things. */
function withCanary(lab: LabSession, text: string): string {
  const canary = canaryOf(lab);
  return text
    .replaceAll('{{canary}}', canary)
    .replaceAll('{{syllables}}', inSyllables(canary))
    .replaceAll('{{groups}}', inGroups(canary));
}

interface NewColumn {
  name: string;
  /** Left out: the canary. */
  value?: string | undefined;
}

interface NewMember extends NewColumn {
  place: 'gateway' | 'readings';
  /** Of four readings the one that has it; left out: each. */
  reading?: number | undefined;
}

const READINGS = 4;

/** Somebody changes the table, and a secret comes with it. */
async function afterMigration(
  lab: LabSession,
  change: NewColumn & { place: 'column' | NewMember['place'] } & Pick<NewMember, 'reading'>,
) {
  const { place, name: added, reading } = change;
  const value = withCanary(lab, change.value ?? '{{canary}}');
  const id = await addSensor(lab, ALICE);
  if (place === 'readings') {
    const readings = Array.from({ length: READINGS - 1 }, (_, before) => ({
      at: new Date(lab.now()).toISOString(),
      temperatureC: before,
      ...(reading === before + 1 ? { [added]: value } : {}),
    }));
    await lab.migrate({ place: 'later readings', readings });
  }
  if (reading === undefined) await lab.migrate({ place, name: added, value });
  const where = place === 'column' ? 'the column' : `in ${place} the member`;
  return judge(lab, id, `${where} ${added}, which came with a migration`);
}

export const shown: Attack[] = [
  defineAttack<NewColumn>({
    id: 'sensor-new-column',
    title: 'A column that shows up',
    level: 'core',
    story:
      'Another team needs a place for the secret of a webhook, and adds a column to the table. Nobody touches the server. From that day on its answers have one member more.',
    secureAnswer:
      'The answer is what it was. It shows what somebody decided to show, and nothing else.',
    lessonAnchor: 'what-an-answer-shows',
    references: [propertyLevel, exposed, wholeObjects],
    payload: z.strictObject({ name, value }),
    ordinaryUse: sensorsWork,
    variants: {
      'a webhook’s secret': { name: 'webhook_secret' },
      'a key that was there': { name: 'access_key' },
      'a name that says nothing': { name: 'q7' },
      'a name like one that is shown': { name: 'description_2' },
      'who pays': { name: 'billing_account', value: '{{syllables}}' },
      'who added it': { name: 'added_by', value: '{{syllables}}' },
      'whose it is': { name: 'tenant', value: '{{syllables}}' },
      'a name that every object has': { name: 'constructor' },
      'another name that every object has': { name: 'toString' },
      'a name that is shown inside': { name: 'host' },
      'another name that is shown inside': { name: 'at' },
      'a name that begins like one that is shown': { name: 'idCard' },
      'a name that ends like one that is shown': { name: 'owner_name' },
      'a name with capitals': { name: 'Readings2' },
    },
    fire: (payload, lab) => afterMigration(lab, { place: 'column', ...payload }),
  }),

  defineAttack<NewMember>({
    id: 'sensor-new-member',
    title: 'A member that shows up inside',
    level: 'core',
    story:
      'Two columns hold JSON: the gateway behind which a sensor stands, and its readings. A new firmware writes one member more into them, a password and a signature.',
    secureAnswer: 'What is inside is chosen as well, member by member, in each entry of a list.',
    lessonAnchor: 'what-an-answer-shows',
    references: [propertyLevel, exposed],
    payload: z.strictObject({
      place: z.enum(['gateway', 'readings']),
      name,
      value,
      reading: z
        .int()
        .min(1)
        .max(READINGS - 1)
        .optional(),
    }),
    ordinaryUse: sensorsWork,
    variants: {
      'the gateway’s password': { place: 'gateway', name: 'password' },
      'a name that says nothing': { place: 'gateway', name: 'x' },
      'a name that is shown elsewhere': { place: 'gateway', name: 'description' },
      'a signature of each reading': { place: 'readings', name: 'signature' },
      'the reader of each': { place: 'readings', name: 'read_by', value: '{{syllables}}' },
      'a signature of the second reading': { place: 'readings', name: 'signature', reading: 1 },
      'a signature of the third reading': { place: 'readings', name: 'signature', reading: 2 },
      'a signature of the latest reading': { place: 'readings', name: 'signature', reading: 3 },
      'a name that every object has': { place: 'gateway', name: 'constructor' },
      'another name that every object has': { place: 'readings', name: 'valueOf' },
      'a name of the gateway, in readings': { place: 'readings', name: 'host' },
      'a name of readings, in the gateway': { place: 'gateway', name: 'at' },
      'a name in capitals': { place: 'gateway', name: 'HOST' },
      'a name that begins like one that is shown': { place: 'gateway', name: 'host_key' },
      'another one that begins so': { place: 'readings', name: 'attendant' },
    },
    fire: (payload, lab) => afterMigration(lab, payload),
  }),

  defineAttack<{ note: string }>({
    id: 'sensor-note-shown',
    title: 'A key in somebody’s note',
    level: 'core',
    story:
      'Technicians write down what they need at the door. Somebody has taken care that keys in notes are blotted out: what looks like a key is.',
    secureAnswer:
      'No answer holds a note. What a key looks like nobody knows in advance, and what a code of a door looks like even less.',
    lessonAnchor: 'keys-in-free-text',
    references: [propertyLevel, cwe(312, 'Cleartext Storage of Sensitive Information')],
    payload: z.strictObject({ note: z.string().max(900) }),
    ordinaryUse: sensorsWork,
    variants: {
      'a key with its prefix': { note: 'Key: sk_live_{{canary}}' },
      'a key of a cloud': { note: 'aws AKIA{{canary}}' },
      'a token in an address': { note: 'https://gw.example/?token={{canary}}' },
      'a password, as people say it': { note: 'the word is {{canary}}, ask Dave' },
      'a code': { note: '{{canary}}' },
      'behind a line end': { note: 'password:\n\n{{canary}}' },
      'a word that is easy to say': { note: 'gate: {{syllables}}, then left' },
      'numbers in groups': { note: 'safe {{groups}}' },
      'in brackets': { note: 'door (north) {{{canary}}} twice' },
    },
    async fire({ note }, lab) {
      const id = await addSensor(lab, ALICE, { note: withCanary(lab, note) });
      return judge(lab, id, 'what stands in a note');
    },
  }),
];
