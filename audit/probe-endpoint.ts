import { authorization, type Asker, type Caller } from './asker.ts';
import { initializeRequest, isEventStream, modernRequest, resultIn } from './json-rpc.ts';
import type { Ask, Reply } from './polite-client.ts';
import { erasOf, hasResult, isOpen, replyTo, sessionIn } from './read-seen.ts';
import type { Probe } from './seen.ts';

const NOBODY: Caller = { speaks: undefined };

/** What anybody sees. False if there is nothing that answers. */
export async function probeAsNobody(asker: Asker): Promise<boolean> {
  const discover = await asker.post(
    'anonymous discover',
    NOBODY,
    modernRequest(asker.nextId(), 'server/discover'),
  );
  const initialize = await asker.post(
    'anonymous initialize',
    NOBODY,
    initializeRequest(asker.nextId()),
  );
  if (discover.kind === 'silence' && initialize.kind === 'silence') return false;

  await asker.ask('anonymous get', getRequest(asker, NOBODY));
  if (isOpen(asker.answers)) {
    const caller = callerIn(asker, undefined, 'anonymous discover', 'anonymous initialize');
    const tools = asker.request(caller, 'tools/list');
    await asker.post('anonymous tools', caller, tools);
  } else {
    asker.skip('Without a token nothing of MCP is answered.', 'anonymous tools');
  }
  return true;
}

/** Who asks from here on; or why nobody gets an answer of MCP. */
export async function findCaller(
  asker: Asker,
  token: string | undefined,
): Promise<{ caller: Caller } | { why: ReturnType<typeof whyNobody> }> {
  if (token === undefined) {
    for (const probe of ['discover', 'initialize', 'tools', 'get'] as const) {
      asker.set(probe, asker.answers[`anonymous ${probe}`]);
    }
  } else {
    const caller = { ...NOBODY, token };
    const discover = modernRequest(asker.nextId(), 'server/discover');
    await asker.post('discover', caller, discover);
    await asker.post('initialize', caller, initializeRequest(asker.nextId()));
    asker.skip('The server answered no request with the token.', 'tools', 'get');
  }
  const caller = callerIn(asker, token, 'discover', 'initialize');
  return caller.speaks === undefined ? { why: whyNobody(asker, token) } : { caller };
}

function callerIn(
  asker: Asker,
  token: string | undefined,
  discover: Probe,
  initialize: Probe,
): Caller {
  const { modern, legacy } = erasOf(asker.answers[discover], asker.answers[initialize]);
  const isModern = modern && hasResult(replyTo(asker.answers, discover));
  const shook = replyTo(asker.answers, initialize);
  if (isModern || !legacy) return { token, speaks: modern ? 'modern' : undefined };
  return { token, speaks: 'legacy', session: sessionIn(shook), version: versionIn(shook) };
}

const versionIn = (reply: Reply | undefined): string | undefined => {
  const version = reply && resultIn(reply)?.protocolVersion;
  // It goes into a header of ours.
  return typeof version === 'string' && /^[\w.-]{1,40}$/.test(version) ? version : undefined;
};

function whyNobody(
  { answers }: Asker,
  token: string | undefined,
): 'refused' | 'wanted' | 'unclear' {
  const is401 = [answers.discover, answers.initialize].some(
    (answer) => answer.kind === 'reply' && answer.status === 401,
  );
  if (!is401) return 'unclear';
  return token === undefined ? 'wanted' : 'refused';
}

/** Streams are opened, seen to be streams, and left. */
export const getRequest = (asker: Asker, caller: Caller): Ask => ({
  url: asker.url,
  headers: {
    accept: 'text/event-stream',
    ...authorization(caller),
    ...(caller.session === undefined ? {} : { 'mcp-session-id': caller.session }),
  },
  isEnough: (_body, headers) => isEventStream(headers),
});
