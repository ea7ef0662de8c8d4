/** One tenant is taken for another, or says that it is another. */
import { z } from 'zod';
import type { Tenant } from '../../../exercises/weather-server/controls.ts';
import { defineAttack, type Attack, type Findings } from '../../../lab/attack.ts';
import { OTHER_ISSUER, type LabSession } from '../../../lab/protocol.ts';
import { cwe, link, rfc } from '../references.ts';
import { succeeded } from '../replies.ts';
import {
  compareParts,
  compareTenants,
  several,
  tellName,
  type KeyFindings,
  type Several,
} from './keys.ts';
import { ALIKE, ISSUERS_ALIKE, pairsAround } from './names.ts';
import {
  addSecretSensor,
  ADMINISTRATOR,
  ALICE,
  BOB,
  callAs,
  complainUnlessNotFound,
  fill,
  isLetIn,
  otherKey,
  otherSphere,
  person,
  secretOf,
  sensorsWork,
  type Person,
} from './people.ts';
import { reach, reached } from './reach.ts';

const openIdSubject = link(
  'OpenID Connect Core 1.0 §5.7, Claim Stability and Uniqueness',
  'https://openid.net/specs/openid-connect-core-1_0.html#ClaimStability',
);
const argumentOfTenant = link(
  'agent-bom#3238, tenant_id as an argument of a tool',
  'https://github.com/msaad00/agent-bom/pull/3238',
);
const asana = link(
  'Asana’s MCP server, June 2025',
  'https://www.spirl.com/blog/asanas-mcp-bug-wasnt-unique----it-was-a-sign-of-whats-coming',
);

const PAIR = z.strictObject({ reached, alice: person, other: person });
type Pair = z.infer<typeof PAIR>;

const namesake = (tenant: string): Person => ({ name: 'alice', tenant });
const mixed = (what: Pair['reached'], other: Person, alice: Person = ALICE): Pair => ({
  reached: what,
  alice,
  other,
});

/** What one of two gets of the other's, by requests. */
async function fireAt({ reached: what, alice, other }: Pair, lab: LabSession): Promise<Findings> {
  const nothing = { breaches: [], complaints: [] };
  if (!(await isLetIn(lab, alice)) || !(await isLetIn(lab, other))) return nothing;
  const breach = await reach[what](lab, alice, other);
  return breach === undefined ? nothing : { breaches: [breach], complaints: [] };
}

/** Asks for the keys of all of them; what that means for two with one key, requests show. */
async function fireAtKeys(
  { meeting, breaches, complaints }: KeyFindings<Tenant>,
  lab: LabSession,
): Promise<Findings> {
  if (!meeting) return { breaches, complaints };
  const [alice, other] = meeting.map(({ issuer, id }) => ({ ...namesake(id), issuer }));
  if (!alice || !other) return { breaches, complaints };
  const shown = await fireAt({ reached: 'a sensor', alice, other }, lab);
  return { breaches: [...breaches, ...shown.breaches], complaints };
}

const PAIR_OR_SEVERAL = z.union([PAIR, several]);
const firePairOrSeveral = async (payload: Pair | Several, lab: LabSession): Promise<Findings> =>
  'reached' in payload ? fireAt(payload, lab) : fireAtKeys(await compareTenants(lab, payload), lab);

const ARGUMENTS = ['list_sensors', 'get_sensor', 'retire_sensor', 'add_sensor'] as const;
const ARGUMENT = z.strictObject({
  tool: z.enum(ARGUMENTS),
  alice: person.optional(),
  other: person,
});
type Argument = z.infer<typeof ARGUMENT>;

/** People of all of these name all others. */
const NAMING = z.strictObject({ names: z.array(z.string().min(1)).min(2).max(200) });
type Naming = z.infer<typeof NAMING>;

const NAMED_AROUND = [
  'acme',
  'globex',
  'everybody',
  '*',
  'acm',
  'acme2',
  'acmeacme',
  ...Array.from('/:.-_|# ').flatMap((sign) => [
    `acme${sign}`,
    `${sign}acme`,
    `acme${sign}paris`,
    `paris${sign}acme`,
  ]),
  'acme/../globex',
  'acme","globex',
  '["{{issuer}}","globex"]',
  '{{issuer}}',
  '{{issuer}} globex',
];

/** Everybody gets the key of their own company, or none, whatever they write. */
async function fireNames({ names }: Naming, lab: LabSession): Promise<Findings> {
  const { issuer } = lab.config;
  const filled = names.map((name) => fill(lab, name));
  // All of them have been here before.
  const own = await lab.keysOfTenants(filled.map((id) => ({ tenant: { issuer, id } })));
  const asks = filled.flatMap((id, at) =>
    ['', ...filled].map((asked) => ({ tenant: { issuer, id }, asked, at })),
  );
  const answers = await lab.keysOfTenants(asks.map(({ tenant, asked }) => ({ tenant, asked })));
  for (const [index, answer] of answers.entries()) {
    const ask = asks[index];
    if (!ask || 'refused' in answer) continue;
    const key = own[ask.at];
    if (key && 'value' in key && key.value !== answer.value) {
      const breach = `Whoever is in the tenant ${tellName(ask.tenant.id)} and names ${tellName(ask.asked)} gets another key than that of their own.`;
      return { breaches: [breach], complaints: [] };
    }
  }
  return { breaches: [], complaints: [] };
}

export const tenants: Attack[] = [
  defineAttack<Pair | Several>({
    id: 'tenant-namesake',
    title: 'The same person in another tenant',
    level: 'core',
    story:
      'Alice works for Acme, and advises Globex. At both she is the same subject of the same issuer; her token says for which of the two she is calling. What she keeps at one comes to everybody’s eyes at the other.',
    secureAnswer:
      'Two tenants, two people: with sensors, alerts, exports, limits and lines of the log of their own.',
    lessonAnchor: 'whose-is-it',
    references: [otherSphere, asana],
    payload: PAIR_OR_SEVERAL,
    ordinaryUse: sensorsWork,
    variants: {
      'a sensor': mixed('a sensor', namesake('globex-{{nonce}}')),
      'an alert': mixed('an alert', namesake('globex-{{nonce}}')),
      'an export': mixed('an export', namesake('globex-{{nonce}}')),
      'an administrator of the other': mixed('the list of all alerts', {
        ...BOB,
        scope: ADMINISTRATOR,
      }),
      'her calls': mixed('calls', namesake('globex-{{nonce}}')),
      'a line of the log': mixed('a line of the log', namesake('globex-{{nonce}}')),
      'the name in capitals': mixed('a sensor', namesake('ACME-{{nonce}}')),
      'a blank behind the name': mixed('an alert', namesake('acme-{{nonce}} ')),
      'another sign in the name': mixed('a sensor', namesake('acme_{{nonce}}')),
      'names that are alike for long': mixed(
        'a sensor',
        namesake(`acme-{{nonce}}${'-and-sons'.repeat(20)}-2`),
        namesake(`acme-{{nonce}}${'-and-sons'.repeat(20)}-1`),
      ),
      'the name in other letters': mixed(
        'a sensor',
        namesake('cafe\u0301-{{nonce}}'),
        namesake('caf\u00e9-{{nonce}}'),
      ),
      ...Object.fromEntries(
        Object.entries(ALIKE).map(([group, names]) => [`names ${group}`, { names }]),
      ),
      'thousands of names': { manyNames: 'acme-{{number}}' },
    },
    fire: firePairOrSeveral,
  }),

  defineAttack<Pair | Several>({
    id: 'tenant-other-issuer',
    title: 'A provider that names its customer like ours',
    level: 'core',
    story:
      'The server takes tokens of a second provider. Whoever runs it calls one of their customers acme, by accident or not, and one of its people alice.',
    secureAnswer:
      'Another issuer’s acme is another company. A name is worth what its issuer is, for its own tenants only.',
    lessonAnchor: 'a-name-and-who-gave-it',
    references: [otherSphere, openIdSubject, rfc(7519, '4.1.2')],
    payload: PAIR_OR_SEVERAL,
    ordinaryUse: sensorsWork,
    variants: {
      'a sensor': mixed('a sensor', { ...ALICE, issuer: OTHER_ISSUER }),
      'an alert': mixed('an alert', { ...ALICE, issuer: OTHER_ISSUER }),
      'an export': mixed('an export', { ...ALICE, issuer: OTHER_ISSUER }),
      'another realm of one provider': mixed(
        'a sensor',
        { ...ALICE, issuer: '{{issuer}}/realms/eu' },
        { ...ALICE, issuer: '{{issuer}}/realms/us' },
      ),
      'a slash behind it': mixed('a sensor', { ...ALICE, issuer: '{{issuer}}/' }),
      'realms in capitals and small letters': mixed(
        'a sensor',
        { ...ALICE, issuer: '{{issuer}}/realms/A' },
        { ...ALICE, issuer: '{{issuer}}/realms/a' },
      ),
      'issuers that are alike': { issuers: ISSUERS_ALIKE },
      'thousands of issuers': { manyIssuers: '{{issuer}}/realms/{{number}}' },
    },
    fire: firePairOrSeveral,
  }),

  defineAttack<{ separator: string; first: 'issuer' | 'tenant' }>({
    id: 'tenant-separator',
    title: 'A name that moves the separator',
    level: 'core',
    story:
      'Issuer and tenant are joined by a character. Mallory founds a company, and chooses a name with that character in it: what her issuer and her name make together is what another issuer and Alice’s name make.',
    secureAnswer:
      'Both companies keep their own. What was joined can be taken apart again in one way only.',
    lessonAnchor: 'a-name-and-who-gave-it',
    references: [otherSphere, cwe(138, 'Improper Neutralization of Special Elements')],
    payload: z.strictObject({ separator: z.string(), first: z.enum(['issuer', 'tenant']) }),
    ordinaryUse: sensorsWork,
    variants: {
      'a slash': { separator: '/', first: 'issuer' },
      'a colon': { separator: ':', first: 'issuer' },
      'a bar': { separator: '|', first: 'issuer' },
      'a blank': { separator: ' ', first: 'issuer' },
      'a hash': { separator: '#', first: 'issuer' },
      'two colons': { separator: '::', first: 'issuer' },
      'a line end': { separator: '\n', first: 'issuer' },
      'a NUL': { separator: '\u0000', first: 'issuer' },
      'quotes and a comma': { separator: '","', first: 'issuer' },
      nothing: { separator: '', first: 'issuer' },
      'a comma': { separator: ',', first: 'issuer' },
      'a control character': { separator: '\u001f', first: 'issuer' },
      'a slash, the name first': { separator: '/', first: 'tenant' },
      'a colon, the name first': { separator: ':', first: 'tenant' },
      'an at sign, the name first': { separator: '@', first: 'tenant' },
    },
    async fire({ separator, first }, lab) {
      const own = '{{issuer}}';
      const [alice, other]: [Person, Person] =
        first === 'issuer'
          ? [
              { ...namesake('acme-{{nonce}}'), issuer: `${own}${separator}eu` },
              { ...namesake(`eu${separator}acme-{{nonce}}`), issuer: own },
            ]
          : [
              { ...namesake('acme-{{nonce}}'), issuer: `eu${separator}${own}` },
              { ...namesake(`acme-{{nonce}}${separator}eu`), issuer: own },
            ];
      const found = await fireAt({ reached: 'a sensor', alice, other }, lab);
      if (found.breaches.length > 0) return found;
      // Whoever has escaped it may have forgotten something, and not every name can be tried by requests.
      const pairs = pairsAround(separator).filter(([, behind]) => behind !== '');
      const tenants = pairs.map(([before, behind]) =>
        first === 'issuer'
          ? { issuer: `${own}${before}`, id: behind }
          : { issuer: `${behind}${own}`, id: `acme${before}` },
      );
      return fireAtKeys(await compareParts(lab, tenants), lab);
    },
  }),

  defineAttack<Argument | Naming>({
    id: 'tenant-argument',
    title: 'A tenant that the caller names',
    level: 'core',
    story:
      'The tools take the tenant as an argument, for people who work for several. Bob, whose token is for Globex, writes Acme there; or his model does, because a report says so.',
    secureAnswer:
      'Whoever calls gets what is their own company’s, or NOT_FOUND. Nothing of a company that they only name is shown, added or retired.',
    lessonAnchor: 'what-the-caller-says',
    references: [otherKey, argumentOfTenant],
    payload: z.union([ARGUMENT, NAMING]),
    ordinaryUse: sensorsWork,
    variants: {
      ...Object.fromEntries(ARGUMENTS.map((tool) => [tool, { tool, other: BOB }])),
      'by a company that holds the name': {
        tool: 'list_sensors',
        other: { name: 'mallory', tenant: 'not-acme-{{nonce}}-2' },
      },
      'by a company that begins with it': {
        tool: 'get_sensor',
        other: { name: 'mallory', tenant: 'acme-{{nonce}}-2' },
      },
      'by one of that name in capitals': {
        tool: 'list_sensors',
        other: { name: 'mallory', tenant: 'ACME-{{nonce}}' },
      },
      ...Object.fromEntries(
        ['/', ':', '.', '-'].map((sign) => [
          `where it goes on behind the caller’s own, and ${sign}`,
          {
            tool: 'list_sensors',
            alice: { name: 'alice', tenant: `acme-{{nonce}}${sign}paris` },
            other: { name: 'mallory', tenant: 'acme-{{nonce}}' },
          },
        ]),
      ),
      'names around one’s own': { names: NAMED_AROUND },
      'names that look alike': { names: ALIKE['that look alike'] ?? [] },
    },
    async fire(payload, lab) {
      if ('names' in payload) return fireNames(payload, lab);
      const { tool, alice = ALICE, other } = payload;
      const tenant = fill(lab, alice.tenant);
      // She names her tenant, as her client does; a server that wants no names gets none.
      const isNamed = succeeded(await callAs(lab, alice, 'list_sensors', { tenant }));
      const own = isNamed ? { tenant } : {};
      const id = await addSecretSensor(lab, alice, own);
      const planted = `planted ${lab.nonce}`;
      const args = {
        list_sensors: { tenant },
        get_sensor: { tenant, id },
        retire_sensor: { tenant, id },
        add_sensor: { tenant, name: planted, city: 'Paris' },
      };
      const reply = await callAs(lab, other, tool, args[tool]);
      const hers = await callAs(lab, alice, 'list_sensors', own);
      const breaches = [
        ...(reply.text.includes(secretOf(lab))
          ? ['Another tenant was shown a sensor of one that it only named.']
          : []),
        ...(hers.text.includes(planted)
          ? ['Another tenant added a sensor to those of one that it only named.']
          : []),
        ...(tool === 'retire_sensor' && !hers.text.includes(secretOf(lab))
          ? ['Another tenant took a sensor of one that it only named out of service.']
          : []),
      ];
      const isRefused = breaches.length === 0 && !succeeded(reply);
      return { breaches, complaints: isRefused ? complainUnlessNotFound(reply) : [] };
    },
  }),
];
