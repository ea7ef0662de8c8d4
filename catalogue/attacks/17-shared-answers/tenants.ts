/** One tenant is taken for another, or says that it is another. */
import { z } from 'zod';
import { defineAttack, type Attack } from '../../../lab/attack.ts';
import { OTHER_ISSUER } from '../../../lab/protocol.ts';
import { cwe, link, rfc } from '../references.ts';
import { succeeded } from '../replies.ts';
import {
  addSecretSensor,
  ADMINISTRATOR,
  ALICE,
  BOB,
  callAs,
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

async function fireAt({ reached: what, alice, other }: Pair, lab: Parameters<Attack['fire']>[1]) {
  const nothing = { breaches: [], complaints: [] };
  if (!(await isLetIn(lab, alice)) || !(await isLetIn(lab, other))) return nothing;
  const breach = await reach[what](lab, alice, other);
  return breach === undefined ? nothing : { breaches: [breach], complaints: [] };
}

const ARGUMENTS = ['list_sensors', 'get_sensor', 'retire_sensor', 'add_sensor'] as const;

export const tenants: Attack[] = [
  defineAttack<Pair>({
    id: 'tenant-namesake',
    title: 'The same person in another tenant',
    level: 'core',
    story:
      'Alice works for Acme, and advises Globex. At both she is the same subject of the same issuer; her token says for which of the two she is calling. What she keeps at one comes to everybody’s eyes at the other.',
    secureAnswer:
      'Two tenants, two people: with sensors, alerts, exports, limits and lines of the log of their own.',
    lessonAnchor: 'whose-is-it',
    references: [otherSphere, asana],
    payload: PAIR,
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
    },
    fire: fireAt,
  }),

  defineAttack<Pair>({
    id: 'tenant-other-issuer',
    title: 'A provider that names its customer like ours',
    level: 'core',
    story:
      'The server takes tokens of a second provider. Whoever runs it calls one of their customers acme, by accident or not, and one of its people alice.',
    secureAnswer:
      'Another issuer’s acme is another company. A name is worth what its issuer is, for its own tenants only.',
    lessonAnchor: 'a-name-and-who-gave-it',
    references: [otherSphere, openIdSubject, rfc(7519, '4.1.2')],
    payload: PAIR,
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
    },
    fire: fireAt,
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
      'a slash, the name first': { separator: '/', first: 'tenant' },
      'a colon, the name first': { separator: ':', first: 'tenant' },
      'an at sign, the name first': { separator: '@', first: 'tenant' },
    },
    fire({ separator, first }, lab) {
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
      return fireAt({ reached: 'a sensor', alice, other }, lab);
    },
  }),

  defineAttack<{ tool: (typeof ARGUMENTS)[number] }>({
    id: 'tenant-argument',
    title: 'A tenant that the caller names',
    level: 'core',
    story:
      'The tools take the tenant as an argument, for people who work for several. Bob, whose token is for Globex, writes Acme there; or his model does, because a report says so.',
    secureAnswer:
      'Bob gets what is Globex’s, or is told that there is nothing of that name for him. Nothing of Acme’s is shown, added or retired.',
    lessonAnchor: 'what-the-caller-says',
    references: [otherKey, argumentOfTenant],
    payload: z.strictObject({ tool: z.enum(ARGUMENTS) }),
    ordinaryUse: sensorsWork,
    variants: Object.fromEntries(ARGUMENTS.map((tool) => [tool, { tool }])),
    async fire({ tool }, lab) {
      const tenant = fill(lab, ALICE.tenant);
      // She names her tenant, as her client does; a server that wants no names gets none.
      const isNamed = succeeded(await callAs(lab, ALICE, 'list_sensors', { tenant }));
      const own = isNamed ? { tenant } : {};
      const id = await addSecretSensor(lab, ALICE, own);
      const planted = `planted ${lab.nonce}`;
      const args = {
        list_sensors: { tenant },
        get_sensor: { tenant, id },
        retire_sensor: { tenant, id },
        add_sensor: { tenant, name: planted, city: 'Paris' },
      };
      const reply = await callAs(lab, BOB, tool, args[tool]);
      const hers = await callAs(lab, ALICE, 'list_sensors', own);
      const breaches = [
        ...(reply.text.includes(secretOf(lab)) ? ['Bob was shown a sensor of Acme’s.'] : []),
        ...(hers.text.includes(planted) ? ['Bob added a sensor to those of Acme.'] : []),
        ...(tool === 'retire_sensor' && !hers.text.includes(secretOf(lab))
          ? ['Bob took a sensor of Acme’s out of service.']
          : []),
      ];
      return { breaches, complaints: [] };
    },
  }),
];
