/** Questions that need more of the user than one token: another, one that must not count, a call. */
import { withoutToken, type Asker, type Caller } from './asker.ts';
import { initializeRequest, modernRequest } from './json-rpc.ts';
import { hasResult } from './read-seen.ts';
import { toolsIn } from './tool-surface.ts';

export interface Given {
  /** Of another user, or of the same one with fewer scopes. */
  token2?: string | undefined;
  /** With a valid signature, and expired or for another resource. */
  badToken?: string | undefined;
  /** The user agreed to this call. */
  call?: { name: string; arguments: Record<string, unknown> } | undefined;
}

const attack = { isAttack: true };

/** @param callers one for each era that the server speaks */
export async function probeGiven(asker: Asker, callers: Caller[], given: Given): Promise<void> {
  const { token2, badToken, call } = given;
  for (const caller of badToken === undefined ? [] : callers) {
    const stranger = { ...withoutToken(caller), token: badToken };
    const probe = `${caller.speaks ?? 'legacy'} bad token` as const;
    await asker.post(probe, stranger, asker.harmless(stranger), attack);
  }
  if (token2 !== undefined) await probeAnother(asker, callers, token2);
  const [first] = callers;
  if (first?.speaks === undefined) return;
  await probeUnknownTool(asker, callers.at(-1) ?? first);
  if (call) await probeCall(asker, first, call, token2);
}

/** Whether one user gets into the session of the other. */
async function probeAnother(asker: Asker, callers: Caller[], token: string): Promise<void> {
  const owner = callers.find(({ session }) => session !== undefined);
  if (!owner) return asker.skip('The server began no session.', 'session of another');
  const other = { ...withoutToken(owner), token };
  const known = await asker.post(
    'initialize as another',
    { ...other, session: undefined },
    initializeRequest(asker.nextId()),
  );
  if (known.kind === 'silence' || !hasResult(known)) {
    return asker.skip('The second token was not accepted.', 'session of another');
  }
  await asker.post('session of another', other, asker.request(other, 'tools/list'), attack);
}

const NO_TOOL = 'workbook-no-such-tool';

const probeUnknownTool = (asker: Asker, caller: Caller) =>
  asker.post('unknown tool', caller, callOf(asker, caller, NO_TOOL, {}));

async function probeCall(
  asker: Asker,
  caller: Caller,
  { name, arguments: values }: NonNullable<Given['call']>,
  token2: string | undefined,
): Promise<void> {
  await asker.post('call', caller, callOf(asker, caller, name, values));
  const wrong = wrongArguments(asker, name, values);
  if (wrong) {
    const message = callOf(asker, caller, name, wrong);
    await asker.post('call with wrong arguments', caller, message, attack);
  } else {
    asker.skip('The tool takes nothing that could be wrong.', 'call with wrong arguments');
  }
  // A session is its user's, and so each asks without one where that is possible.
  if (token2 === undefined || caller.speaks !== 'modern') return;
  const other = { ...withoutToken(caller), token: token2 };
  await asker.post('call as another', other, callOf(asker, other, name, values));
}

function callOf(asker: Asker, caller: Caller, name: string, values: object) {
  const params = { name, arguments: values };
  return caller.speaks === 'modern'
    ? modernRequest(asker.nextId(), 'tools/call', { params })
    : asker.request(caller, 'tools/call', params);
}

/** The same, but for one of another type than the schema says. */
function wrongArguments(asker: Asker, name: string, values: Record<string, unknown>) {
  const tool = toolsIn(asker)?.find((one) => one.name === name);
  const { properties = {} } = (tool?.inputSchema ?? {}) as { properties?: Record<string, object> };
  const [first] = Object.entries(properties).filter(([, schema]) => 'type' in schema);
  if (!first) return undefined;
  const [member, schema] = first as [string, { type: unknown }];
  return {
    ...values,
    [member]: [schema.type].flat().includes('object') ? 'text' : { audit: true },
  };
}
