import { authorization, hasCredentials, type Asker, type Caller } from './asker.ts';
import { initializeRequest, legacyRequest, modernRequest, resultIn } from './json-rpc.ts';
import { isEventStream, type Ask, type Reply } from './polite-client.ts';
import { erasOf, hasResult, isOpen, replyTo, sessionIn } from './read-seen.ts';
import type { Probe } from './seen.ts';
import { whichDoor } from './wrong-door.ts';

const NOBODY: Caller = { speaks: undefined };

/** How a caller asks in each era in which it is answered; in neither: nobody gets an answer of MCP. */
export interface Callers {
  modern?: Caller;
  legacy?: Caller;
}

/** What anybody sees; if that is nothing to go on with, why. */
export async function probeAsNobody(asker: Asker): Promise<string | undefined> {
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
  if (initialize.kind === 'silence' && discover.kind === 'silence') return initialize.why;

  const { answers } = asker;
  if (isOpen(answers)) {
    asker.skip('The server asks for no token.', 'anonymous get');
    const callers = callersIn(asker, NOBODY, 'anonymous discover', 'anonymous initialize');
    if (callers.legacy) await sayInitialized(asker, callers.legacy);
    for (const caller of [callers.modern, callers.legacy]) {
      if (caller?.speaks === undefined) continue;
      const tools = asker.request(caller, 'tools/list');
      await asker.post(`${caller.speaks} anonymous tools`, caller, tools);
    }
    return undefined;
  }
  const { modern, legacy } = erasOf(discover, initialize);
  // What cannot be spoken with may be another kind of server, whose first event says so.
  const isStrange = ![discover, initialize].some(
    (answer) => answer.kind === 'reply' && (answer.status === 401 || modern || legacy),
  );
  await asker.ask('anonymous get', getRequest(asker, NOBODY, isStrange));
  return isStrange ? whichDoor(asker) : undefined;
}

/** Who asks from here on, in each era. */
export async function findCallers(
  asker: Asker,
  credentials: Pick<Caller, 'token' | 'headers'>,
): Promise<{ callers: Callers } | { why: ReturnType<typeof whyNobody> }> {
  const caller = { ...NOBODY, ...credentials };
  if (!hasCredentials(caller)) {
    const same = ['discover', 'initialize', 'modern tools', 'legacy tools'] as const;
    for (const probe of same) asker.set(probe, asker.answers[anonymously(probe)]);
  } else {
    const discover = modernRequest(asker.nextId(), 'server/discover');
    await asker.post('discover', caller, discover);
    await asker.post('initialize', caller, initializeRequest(asker.nextId()));
  }
  const callers = callersIn(asker, caller, 'discover', 'initialize');
  if (!callers.modern && !callers.legacy) return { why: whyNobody(asker, caller) };
  if (hasCredentials(caller)) {
    if (callers.legacy) await sayInitialized(asker, callers.legacy);
    for (const one of [callers.modern, callers.legacy]) {
      if (one?.speaks === undefined) continue;
      await asker.post(`${one.speaks} tools`, one, asker.request(one, 'tools/list'));
    }
  }
  return { callers };
}

const anonymously = (probe: 'discover' | 'initialize' | 'modern tools' | 'legacy tools'): Probe => {
  if (probe === 'modern tools') return 'modern anonymous tools';
  return probe === 'legacy tools' ? 'legacy anonymous tools' : `anonymous ${probe}`;
};

function callersIn(asker: Asker, caller: Caller, discover: Probe, initialize: Probe): Callers {
  const { modern, legacy } = erasOf(asker.answers[discover], asker.answers[initialize]);
  const shook = replyTo(asker.answers, initialize);
  return {
    ...(modern ? { modern: { ...caller, speaks: 'modern' } } : {}),
    ...(legacy && hasResult(shook)
      ? {
          legacy: {
            ...caller,
            speaks: 'legacy',
            session: sessionIn(shook),
            version: versionIn(shook),
          },
        }
      : {}),
  };
}

const versionIn = (reply: Reply | undefined): string | undefined => {
  const version = reply && resultIn(reply)?.protocolVersion;
  // It goes into a header of ours.
  return typeof version === 'string' && /^[\w.-]{1,40}$/.test(version) ? version : undefined;
};

/** Some servers answer nothing before they have heard this. */
async function sayInitialized(asker: Asker, caller: Caller): Promise<void> {
  const { session, version } = caller;
  const done = legacyRequest(undefined, 'notifications/initialized', {
    ...(session === undefined ? {} : { session }),
    ...(version === undefined ? {} : { version }),
  });
  await asker.post('initialized', caller, done);
}

function whyNobody({ answers }: Asker, caller: Caller): 'refused' | 'wanted' | 'unclear' {
  const is401 = [answers.discover, answers.initialize].some(
    (answer) => answer.kind === 'reply' && answer.status === 401,
  );
  if (!is401) return 'unclear';
  return hasCredentials(caller) ? 'refused' : 'wanted';
}

/** Streams are opened, seen to be streams, and left; of a strange one, the first event is read. */
export const getRequest = (asker: Asker, caller: Caller, isStrange = false): Ask => ({
  url: asker.url,
  headers: {
    accept: 'text/event-stream',
    ...authorization(caller),
    ...(caller.version === undefined ? {} : { 'mcp-protocol-version': caller.version }),
    ...(caller.session === undefined ? {} : { 'mcp-session-id': caller.session }),
  },
  isEnough: (body, headers) =>
    isEventStream(headers) && (!isStrange || /\r\n\r\n|\n\n|\r\r/.test(body)),
});

/** Ends a session; the answer is judged of the one that the audit used itself. */
export const endRequest = (asker: Asker, caller: Caller): Ask => ({
  ...getRequest(asker, caller),
  method: 'DELETE',
  isLast: true,
});
