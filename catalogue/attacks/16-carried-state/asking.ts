/** The honest half of a call that its user has to confirm, and what an attack needs of it. */
import type { Actor } from '../../../exercises/weather-server/controls.ts';
import { OTHER_ISSUER, StepFailed, type LabReply, type LabSession } from '../../../lab/protocol.ts';
import { describeReply, errorCodeOf, PARIS, succeeded } from '../replies.ts';

const CAPABILITIES = 'io.modelcontextprotocol/clientCapabilities';
const INVALID_PARAMS = -32602;

/** What a client answers whose user has said yes. */
export const YES = { confirm: { action: 'accept', content: { confirm: true } } };
export const NO = { confirm: { action: 'decline' } };

/** Tools that ask, and the statement by which the tape shows that they went on. */
const EFFECTS = { delete_alert: /^DELETE FROM alerts\b/, share_alert: /^UPDATE alerts\b/ };
export type AskingTool = keyof typeof EFFECTS;
export const ASKING_TOOLS = Object.keys(EFFECTS) as [AskingTool, ...AskingTool[]];

export interface Answered {
  requestState?: unknown;
  inputResponses?: unknown;
  /** Left out: the client can ask, by a form. */
  capabilities?: Record<string, unknown>;
}

/** A call in 2026-07-28, with whatever comes with it. */
export function callWith(
  lab: LabSession,
  token: string,
  tool: AskingTool,
  id: number,
  { capabilities = { elicitation: { form: {} } }, ...answered }: Answered = {},
): Promise<LabReply> {
  return lab.ask(
    'tools/call',
    { name: tool, arguments: { id }, ...answered, _meta: { [CAPABILITIES]: capabilities } },
    { token, revision: '2026-07-28', label: tool },
  );
}

/** The state of an answer that asks; undefined: it does not ask. */
export function stateIn({ json }: LabReply): string | undefined {
  const { result } = (json ?? {}) as {
    result?: {
      resultType?: unknown;
      requestState?: unknown;
      inputRequests?: { confirm?: { method?: unknown } };
    };
  };
  const asks =
    result?.resultType === 'input_required' &&
    result.inputRequests?.confirm?.method === 'elicitation/create';
  return asks && typeof result.requestState === 'string' ? result.requestState : undefined;
}

/** The state that comes with a question, as any honest client gets one. */
export async function askAbout(
  lab: LabSession,
  token: string,
  tool: AskingTool,
  id: number,
): Promise<string> {
  const reply = await callWith(lab, token, tool, id);
  const state = stateIn(reply);
  if (state === undefined) throw new StepFailed(`${tool} asks nothing: ${describeReply(reply)}`);
  return state;
}

/** Asks, says yes, and insists that it works. */
export async function confirmed(
  lab: LabSession,
  token: string,
  tool: AskingTool,
  id: number,
): Promise<void> {
  const requestState = await askAbout(lab, token, tool, id);
  const reply = await callWith(lab, token, tool, id, { requestState, inputResponses: YES });
  if (!succeeded(reply) || (await effects(lab, [reply])) !== 1) {
    throw new StepFailed(`A yes had no effect: ${describeReply(reply)}`);
  }
}

export const tokenOf = (lab: LabSession, name: string): Promise<string> =>
  lab.mint({ claims: { sub: `${name}-${lab.nonce}` } });

/** People who are not the user, however much their names may be like theirs. */
export const OTHERS = ['another user', 'a namesake elsewhere', 'the name in capitals'] as const;
export type Other = (typeof OTHERS)[number];

/** A token of somebody who is not `name`; undefined where no token from elsewhere is let in. */
export async function tokenOfOther(
  lab: LabSession,
  name: string,
  who: Other,
): Promise<string | undefined> {
  if (who === 'another user') return tokenOf(lab, `not-${name}`);
  const sub = `${name}-${lab.nonce}`;
  if (who === 'the name in capitals') return lab.mint({ claims: { sub: sub.toUpperCase() } });
  const token = await lab.mint({ claims: { sub, iss: OTHER_ISSUER } });
  const reply = await lab.call('get_weather', PARIS, { token });
  return reply.status === 401 ? undefined : token;
}

/** Somebody as the server knows them once their token is verified. */
export const personOf = (issuer: string, subject: string): Actor => ({
  issuer,
  subject,
  clientId: 'workbook',
  scopes: [],
});

/** With what names are put together. */
export const JOINTS = [':', '/', ' ', '|', '#', ','];

/** Two people of two issuers, whose names are the same once they are joined by this. */
export const twoCutAt = (joint: string): [Actor, Actor] => [
  personOf('https://one.example', `of${joint}alice`),
  personOf(`https://one.example${joint}of`, 'alice'),
];

export async function saveAlert(
  lab: LabSession,
  token: string,
  { city = 'Paris', text = lab.nonce } = {},
): Promise<number> {
  const reply = await lab.call('save_alert', { city, text }, { token });
  const { result } = (reply.json ?? {}) as { result?: { structuredContent?: { id?: unknown } } };
  const id = result?.structuredContent?.id;
  if (!succeeded(reply) || typeof id !== 'number') {
    throw new StepFailed(`An alert could not be saved: ${describeReply(reply)}`);
  }
  return id;
}

/** How often a tool that asks went on, under these requests. */
export async function effects(lab: LabSession, replies: LabReply[]): Promise<number> {
  const ids = new Set(replies.map(({ requestId }) => requestId));
  const statements = (await lab.tape()).filter(
    (entry) =>
      entry.kind === 'sql' &&
      ids.has(entry.requestId) &&
      entry.error === undefined &&
      Object.values(EFFECTS).some((effect) => effect.test(entry.sql)),
  );
  return statements.length;
}

/** Whether a refused call says so in a way that a model can act on, or asks (once more). */
export function complainAboutRefusal(reply: LabReply): string[] {
  if (stateIn(reply) !== undefined) return [];
  const { error } = (reply.json ?? {}) as { error?: { code?: unknown } };
  if (error?.code === INVALID_PARAMS || errorCodeOf(reply) === 'INVALID_INPUT') return [];
  return [
    `An answer that fits no question is INVALID_INPUT, or asked for anew; it answered ${describeReply(reply)}`,
  ];
}

/** The whole way, for a user of its own. */
export async function asksAndGoesOn(lab: LabSession): Promise<string[]> {
  const token = await lab.mint();
  const id = await saveAlert(lab, token);
  await confirmed(lab, token, 'delete_alert', id);
  return [];
}
