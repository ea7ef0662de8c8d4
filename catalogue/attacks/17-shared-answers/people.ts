/** People of companies, their sensors, and what an attack needs of both. */
import { z } from 'zod';
import { StepFailed, type LabReply, type LabSession } from '../../../lab/protocol.ts';
import { cwe, link, statelessMcp } from '../references.ts';
import { describeReply, errorCodeOf, PARIS, succeeded } from '../replies.ts';

export const caching = statelessMcp(
  'server/utilities/caching',
  'security-considerations',
  'Caching, Security Considerations',
);
export const otherKey = cwe(639, 'Authorization Bypass Through User-Controlled Key');
export const otherSphere = cwe(668, 'Exposure of Resource to Wrong Sphere');
export const cacheOfSecrets = cwe(524, 'Use of Cache Containing Sensitive Information');
export const propertyLevel = link(
  'OWASP API3:2023, Broken Object Property Level Authorization',
  'https://owasp.org/API-Security/editions/2023/en/0xa3-broken-object-property-level-authorization/',
);

/** Somebody with a token. In every text `{{nonce}}` and `{{issuer}}` are filled in. */
export const person = z.strictObject({
  name: z.string(),
  tenant: z.string(),
  /** Left out: our own. */
  issuer: z.string().optional(),
  scope: z.string().optional(),
});
export type Person = z.infer<typeof person>;

export const ALICE: Person = { name: 'alice', tenant: 'acme-{{nonce}}' };
/** Of another company, at the same issuer. */
export const BOB: Person = { name: 'bob', tenant: 'globex-{{nonce}}' };
export const ADMINISTRATOR = 'weather:read weather:write weather:admin';

export const fill = (lab: LabSession, text: string): string =>
  text.replaceAll('{{nonce}}', lab.nonce).replaceAll('{{issuer}}', lab.config.issuer);

/** A new token for each call: people renew them. */
export function tokenOf(lab: LabSession, { name, tenant, issuer, scope }: Person): Promise<string> {
  const claims = { sub: `${name}-${lab.nonce}`, org_id: fill(lab, tenant) };
  return lab.mint({
    claims: {
      ...claims,
      ...(issuer === undefined ? {} : { iss: fill(lab, issuer) }),
      ...(scope === undefined ? {} : { scope }),
    },
  });
}

/** Whether a server lets somebody in at all: one that trusts no other issuer has nothing to mix up. */
export async function isLetIn(lab: LabSession, who: Person): Promise<boolean> {
  const reply = await lab.call('get_weather', PARIS, { token: await tokenOf(lab, who) });
  return reply.status !== 401;
}

export async function callAs(
  lab: LabSession,
  who: Person,
  tool: string,
  args: Record<string, unknown> = {},
): Promise<LabReply> {
  return lab.call(tool, args, { token: await tokenOf(lab, who), label: `${tool} by ${who.name}` });
}

export const contentOf = ({ json }: LabReply): Record<string, unknown> =>
  ((json ?? {}) as { result?: { structuredContent?: Record<string, unknown> } }).result
    ?.structuredContent ?? {};

/** Neighbours pass the message of a `NotFoundError` on as it is, so that its words can be compared. */
export function complainUnlessNotFound(reply: LabReply): string[] {
  const { result } = (reply.json ?? {}) as {
    result?: { isError?: boolean; content?: { text?: string }[] };
  };
  const inWords = result?.isError === true && !/"code"\s*:/.test(result.content?.[0]?.text ?? '');
  return errorCodeOf(reply) === 'NOT_FOUND' || inWords
    ? []
    : [
        `For what is not there, as for what is somebody else’s, the answer is NOT_FOUND; it was ${describeReply(reply)}`,
      ];
}

/** Adds a sensor, and insists that it works. */
export async function addSensor(
  lab: LabSession,
  who: Person,
  given: Record<string, unknown> = {},
): Promise<number> {
  const sensor = { name: 'roof', city: 'Paris', description: '', ...given };
  const reply = await callAs(lab, who, 'add_sensor', sensor);
  const { id } = contentOf(reply);
  if (!succeeded(reply) || typeof id !== 'number') {
    throw new StepFailed(`A sensor could not be added: ${describeReply(reply)}`);
  }
  return id;
}

/** What only Alice’s company knows: it stands in the description of a sensor of theirs. */
export const secretOf = (lab: LabSession): string => `cellar ${lab.nonce}`;

/** A sensor of hers, with her secret. */
export const addSecretSensor = (
  lab: LabSession,
  who: Person,
  given: Record<string, unknown> = {},
): Promise<number> => addSensor(lab, who, { description: secretOf(lab), ...given });

/** How often the table of sensors was read for a list, under these requests. */
export async function listings(lab: LabSession, replies: LabReply[]): Promise<number> {
  const ids = new Set(replies.map(({ requestId }) => requestId));
  const tape = await lab.tape();
  return tape.filter(
    (entry) =>
      entry.kind === 'sql' &&
      ids.has(entry.requestId) &&
      entry.sql.startsWith('SELECT * FROM sensors'),
  ).length;
}

/** A person adds a sensor, finds it in the list, and reads it. */
export async function sensorsWork(lab: LabSession): Promise<string[]> {
  const who: Person = { name: 'carol', tenant: 'initech-{{nonce}}' };
  const id = await addSensor(lab, who, { name: `tower ${lab.nonce}` });
  const listed = await callAs(lab, who, 'list_sensors');
  const read = await callAs(lab, who, 'get_sensor', { id });
  return [listed, read].flatMap((reply) =>
    succeeded(reply) && reply.text.includes(`tower ${lab.nonce}`)
      ? []
      : [`A person does not see a sensor of their own: ${describeReply(reply)}`],
  );
}
