import type { Asker, Caller } from './asker.ts';
import { legacyRequest, modernRequest } from './json-rpc.ts';
import { getRequest } from './probe-endpoint.ts';
import { erasOf, replyTo, sessionIn } from './read-seen.ts';
import { FOREIGN_ORIGIN, type Probe } from './seen.ts';

/** Questions of the protocol, for a caller whose requests are answered. */
export async function probeProtocol(asker: Asker, caller: Caller): Promise<void> {
  const isModern = caller.speaks === 'modern';
  if (caller.speaks === 'legacy') {
    const { session, version } = caller;
    const done = legacyRequest(undefined, 'notifications/initialized', {
      ...(session === undefined ? {} : { session }),
      ...(version === undefined ? {} : { version }),
    });
    await asker.post('initialized', caller, done);
  } else {
    asker.skip('The revision without a handshake has no notifications.', 'initialized');
  }
  if (caller.token !== undefined) {
    await asker.post('tools', caller, asker.request(caller, 'tools/list'));
    await asker.ask('get', getRequest(asker, caller));
  }
  if (isModern && !speaksLegacy(asker)) {
    await asker.ask('delete', { ...getRequest(asker, caller), method: 'DELETE' });
  }

  await asker.post('unknown method', caller, asker.request(caller, 'workbook/no-such-method'));
  await asker.post('unknown version', caller, ofUnknownVersion(asker, caller));
  if (isModern) await probeHeaders(asker, caller);
  await asker.post('batch', caller, twoInOne(asker, caller), { id: NO_ID });
  await asker.post('plain text', caller, asker.harmless(caller), {
    headers: { 'content-type': 'text/plain' },
  });
  await probeSession(asker, caller);
}

const NO_ID = -1;

const speaksLegacy = ({ answers }: Asker): boolean =>
  erasOf(answers.discover, answers.initialize).legacy;

function ofUnknownVersion(asker: Asker, caller: Caller) {
  const id = asker.nextId();
  if (caller.speaks === 'modern') return modernRequest(id, 'server/discover', '1900-01-01');
  return asker.request({ ...caller, version: '1900-01-01' }, 'ping');
}

/** What a gateway reads in the header must be what the server reads in the body. */
async function probeHeaders(asker: Asker, caller: Caller): Promise<void> {
  await asker.post('header mismatch', caller, asker.harmless(caller), {
    headers: { 'mcp-method': 'tools/list' },
  });
  const { headers, body } = asker.harmless(caller);
  delete headers['mcp-method'];
  await asker.post('header missing', caller, { headers, body });
}

function twoInOne(asker: Asker, caller: Caller) {
  const [one, other] = [asker.harmless(caller), asker.harmless(caller)];
  return { headers: one.headers, body: `[${one.body},${other.body}]` };
}

/** Whoever knows a session id has not shown who they are. */
async function probeSession(asker: Asker, caller: Caller): Promise<void> {
  const probe: Probe = 'session alone';
  if (caller.session === undefined) asker.skip('The server began no session.', probe);
  else if (caller.token === undefined) asker.skip('The server asks for no token.', probe);
  else {
    const stranger = { ...caller, token: undefined };
    await asker.post(probe, stranger, asker.request(stranger, 'tools/list'));
  }
}

/** Questions that any server can be asked, because they are answered before anybody is let in. */
export async function probeAnyServer(asker: Asker, caller: Caller): Promise<void> {
  const broken = { headers: asker.harmless(caller).headers, body: '{"jsonrpc": "2.0", "id":' };
  await asker.post('broken json', caller, broken);
  await asker.post('foreign origin', caller, asker.harmless(caller), {
    headers: { origin: FOREIGN_ORIGIN },
  });
  await asker.ask('preflight', {
    url: asker.url,
    method: 'OPTIONS',
    headers: {
      origin: FOREIGN_ORIGIN,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type,mcp-protocol-version',
    },
  });
}

/** Ends what the audit began. The answers are nobody's concern. */
export async function endSessions(asker: Asker, caller: Caller): Promise<void> {
  const begun = (['anonymous initialize', 'initialize'] as const).flatMap(
    (probe) => sessionIn(replyTo(asker.answers, probe)) ?? [],
  );
  for (const session of new Set(begun)) {
    await asker.askAside({ ...getRequest(asker, { ...caller, session }), method: 'DELETE' });
  }
}
