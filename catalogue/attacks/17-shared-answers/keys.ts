/** Asks for the keys of many, and says of which two there is one. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { KeptQuestion, Tenant } from '../../../exercises/weather-server/controls.ts';
import type { Findings } from '../../../lab/attack.ts';
import type { Answer, LabSession } from '../../../lab/protocol.ts';

/** The issuer of ours that names are compared under; it is filled in only when they are asked for. */
const OWN = '{{issuer}}';
/** Enough that every character that can stand in a place of their keys does so in one of them. */
const MANY = 2048;
/**
 * Of the 128 bits in which those differ, so many are left at least in a key that has lost nothing, or
 * is a digest of 128 bits: a place may hold more characters than these show.
 */
const LEAST_BITS = 80;
const LONGEST_SHOWN = 40;

const texts = z.array(z.string().min(1)).min(2).max(200);
/** In a form `{{number}}` becomes 32 digits, another number for each of thousands. */
const form = z.string().includes('{{number}}');
/** Tenants that are all different: by their names at one issuer, or by the issuer of one name. */
export const several = z.union([
  z.strictObject({ names: texts }),
  z.strictObject({ issuers: texts }),
  z.strictObject({ manyNames: form }),
  z.strictObject({ manyIssuers: form }),
]);
export type Several = z.infer<typeof several>;

const thousands = (text: string): string[] =>
  Array.from({ length: MANY }, (_, index) => {
    const digits = createHash('sha256').update(String(index)).digest('hex').slice(0, 32);
    return text.replaceAll('{{number}}', digits);
  });

function tenantsOf(some: Several): Tenant[] {
  const named = (names: string[]): Tenant[] => names.map((id) => ({ issuer: OWN, id }));
  const at = (issuers: string[]): Tenant[] => issuers.map((issuer) => ({ issuer, id: 'acme' }));
  if ('names' in some) return named(some.names);
  if ('issuers' in some) return at(some.issuers);
  return 'manyNames' in some ? named(thousands(some.manyNames)) : at(thousands(some.manyIssuers));
}

export interface KeyFindings<T> extends Findings {
  /** Two that have one key. */
  meeting: [T, T] | undefined;
}

/** The keys of tenants that are all different. */
export async function compareTenants(lab: LabSession, some: Several): Promise<KeyFindings<Tenant>> {
  const tenants = tenantsOf(some);
  const areMany = isMany(some);
  return judgeKeys(tenants, await keysOfTenants(lab, tenants), tellTenant, { areMany });
}

/** The same of tenants whose issuer and name may run into each other. */
export async function compareParts(
  lab: LabSession,
  tenants: Tenant[],
): Promise<KeyFindings<Tenant>> {
  const isMeeting: IsMeeting<Tenant> = (one, other) =>
    one.issuer !== other.issuer && one.id !== other.id;
  return judgeKeys(tenants, await keysOfTenants(lab, tenants), tellTenant, { isMeeting });
}

const keysOfTenants = (lab: LabSession, tenants: Tenant[]): Promise<Answer<string>[]> =>
  lab.keysOfTenants(tenants.map((tenant) => ({ tenant: filled(lab, tenant) })));

/** The keys of one question, asked by tenants that are all different. */
export async function compareAnswers(
  lab: LabSession,
  some: Several,
  question: KeptQuestion['arguments'],
): Promise<KeyFindings<Tenant>> {
  const tenants = tenantsOf(some);
  const asks = tenants.map((tenant) => ({ tenant, arguments: question }));
  return judgeKeys(tenants, await keysOf(lab, asks), tellTenant, { areMany: isMany(some) });
}

export interface Asked {
  tenant: Tenant;
  /** Left out: the one that lists sensors. */
  tool?: string;
  arguments: KeptQuestion['arguments'];
}

/** The keys of questions that are all different, by whoever asks or by what they ask. */
export async function compareQuestions(
  lab: LabSession,
  asks: Asked[],
  { areMany = false, isMeeting }: { areMany?: boolean; isMeeting?: IsMeeting<Asked> } = {},
): Promise<KeyFindings<Asked>> {
  const tell = ({ tenant, tool, arguments: asked }: Asked): string => {
    const parts = Object.entries(asked).map(([name, value = '']) => `${name} ${tellName(value)}`);
    const what = tool === undefined ? '' : `${tool} with `;
    return `${what}${parts.join(', ') || 'no argument'}, asked by ${tellTenant(tenant)}`;
  };
  return judgeKeys(asks, await keysOf(lab, asks), tell, { areMany, isMeeting });
}

/** Whether two that have one key are what is looked for; left out: all are. */
type IsMeeting<T> = (one: T, other: T) => boolean;

/** Of two tenants, and not for how one part alone is written: one runs into the next. */
export const runInto: IsMeeting<Asked> = (one, other) => {
  const differ = [
    one.tenant.issuer !== other.tenant.issuer,
    one.tenant.id !== other.tenant.id,
    one.arguments.city !== other.arguments.city,
    one.arguments.text !== other.arguments.text,
  ];
  return differ.slice(0, 2).includes(true) && differ.filter(Boolean).length > 1;
};

/** Of one company at our issuer. */
export const askedByAcme = (question: KeptQuestion['arguments'], tool?: string): Asked => ({
  tenant: { issuer: OWN, id: 'acme' },
  arguments: question,
  ...(tool === undefined ? {} : { tool }),
});

/** Thousands of questions of hers, which differ in one argument. */
export const thousandsOfQuestions = (argument: string, text: string): Asked[] =>
  thousands(text).map((value) => askedByAcme({ [argument]: value }));

const keysOf = (lab: LabSession, asks: Asked[]): Promise<Answer<string>[]> =>
  lab.keysOfAnswers(
    asks.map(({ tenant, tool = 'list_sensors', arguments: asked }) => ({
      tenant: filled(lab, tenant),
      question: { tool, arguments: asked },
    })),
  );

const isMany = (some: Several): boolean => 'manyNames' in some || 'manyIssuers' in some;

const filled = (lab: LabSession, { issuer, id }: Tenant): Tenant => ({
  issuer: issuer.replaceAll(OWN, lab.config.issuer),
  id,
});

function judgeKeys<T>(
  all: T[],
  answers: Answer<string>[],
  tell: (one: T) => string,
  {
    areMany = false,
    isMeeting = () => true,
  }: { areMany?: boolean; isMeeting?: IsMeeting<T> | undefined },
): KeyFindings<T> {
  const known = new Map<string, T[]>();
  const found: KeyFindings<T> = { breaches: [], complaints: [], meeting: undefined };
  for (const [index, answer] of answers.entries()) {
    const one = all[index];
    if (one === undefined) break;
    if ('refused' in answer) {
      found.complaints = [`There is no key for ${tell(one)}: ${answer.refused}`];
      continue;
    }
    const sharing = known.get(answer.value) ?? [];
    const other = sharing.find((before) => isMeeting(before, one));
    if (other !== undefined) {
      found.meeting = [other, one];
      found.breaches = [`There is one key for ${tell(other)} and for ${tell(one)}.`];
      return found;
    }
    sharing.push(one);
    known.set(answer.value, sharing);
  }
  const keys = [...known.keys()];
  if (areMany && !areCounted(keys) && bitsIn(keys) < LEAST_BITS) {
    found.breaches = [
      `The keys of ${all.length} differ in less than ${LEAST_BITS} bits. If they are a digest, it is so short that anybody finds two with one key.`,
    ];
  }
  return found;
}

/** Whether these were numbered as they came: then no two meet, and what is wrong is that they change. */
const areCounted = (keys: string[]): boolean =>
  keys.every((key, index) => {
    const before = keys[index - 1] ?? '';
    return key.length > before.length || (key.length === before.length && key > before);
  });

/** In how many bits texts differ, at most: by how many characters stand in each place. */
function bitsIn(keys: string[]): number {
  const longest = Math.max(0, ...keys.map((key) => key.length));
  let bits = 0;
  for (let place = 0; place < longest; place++) {
    bits += Math.log2(new Set(keys.map((key) => key.charAt(place))).size);
  }
  return bits;
}

export const tellName = (name: string): string => `“${shown(name)}”`;

const tellTenant = ({ issuer, id }: Tenant): string => `${tellName(id)} of ${shown(issuer)}`;

/** What cannot be told apart on paper is written as a number; and our own issuer is any address. */
function shown(text: string): string {
  const visible = text
    .replaceAll(OWN, 'our issuer')
    .replaceAll(/[^\u0020-\u007e]/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`);
  return visible.length > LONGEST_SHOWN
    ? `${visible.slice(0, LONGEST_SHOWN / 2)}…${visible.slice(-LONGEST_SHOWN / 4)}`
    : visible;
}
