import { hasCredentials, withoutToken, type Asker, type Caller } from './asker.ts';
import { initializeRequest, modernRequest, type Post } from './json-rpc.ts';
import { endRequest, getRequest, type Callers } from './probe-endpoint.ts';
import { replyTo, sessionIn } from './read-seen.ts';
import { FOREIGN_ORIGIN, type Era, type Probe } from './seen.ts';

/** Questions of the protocol, in each era in which the caller is answered. */
export async function probeProtocol(asker: Asker, callers: Callers): Promise<void> {
  const { modern, legacy } = callers;
  if (legacy) {
    await asker.ask('legacy get', getRequest(asker, legacy));
    await probeSession(asker, legacy);
    await probeEra(asker, legacy, 'legacy');
  } else {
    asker.skip(
      'The server speaks no revision with a handshake.',
      'legacy get',
      'legacy delete',
      'initialized',
      'session alone',
    );
  }
  if (!modern) return;
  if (!legacy) {
    await asker.ask('modern get', getRequest(asker, modern));
    await asker.ask('modern delete', { ...getRequest(asker, modern), method: 'DELETE' });
  }
  await probeEra(asker, modern, 'modern');
  await probeHeaders(asker, modern);
}

async function probeEra(asker: Asker, caller: Caller, era: Era): Promise<void> {
  const noSuch = asker.request(caller, 'workbook/no-such-method');
  await asker.post(`${era} unknown method`, caller, noSuch);
  await asker.post(`${era} unknown version`, caller, ofUnknownVersion(asker, caller));
  await asker.post(`${era} plain text`, caller, asker.harmless(caller), {
    headers: { 'content-type': 'text/plain' },
  });
  // At some servers two messages at once left something running: so it counts as an attack.
  await asker.post(`${era} batch`, caller, twoInOne(asker, caller), { id: NO_ID, isAttack: true });
}

const NO_ID = -1;
const NO_SUCH_VERSION = '1900-01-01';

function ofUnknownVersion(asker: Asker, caller: Caller): Post {
  return caller.speaks === 'modern'
    ? modernRequest(asker.nextId(), 'server/discover', { version: NO_SUCH_VERSION })
    : asker.request({ ...caller, version: NO_SUCH_VERSION }, 'ping');
}

/** What a gateway reads in the headers must be what the server reads in the body. */
async function probeHeaders(asker: Asker, caller: Caller): Promise<void> {
  const ask = (probe: Probe, { headers, body }: Post, name: string, value?: string) => {
    const { [name]: _, ...others } = headers;
    return asker.post(probe, caller, {
      headers: value === undefined ? others : { ...others, [name]: value },
      body,
    });
  };
  await ask('method mismatch', asker.harmless(caller), 'mcp-method', 'tools/list');
  await ask('method missing', asker.harmless(caller), 'mcp-method');
  await ask('version mismatch', asker.harmless(caller), 'mcp-protocol-version', '2025-11-25');
  await ask('version missing', asker.harmless(caller), 'mcp-protocol-version');
  // Of a tool that is none, so that nothing runs if nobody compares.
  const call = (): Post => asker.request(caller, 'tools/call', { name: NO_TOOL, arguments: {} });
  await ask('name mismatch', call(), 'mcp-name', 'workbook-another-tool');
  await ask('name missing', call(), 'mcp-name');
}

const NO_TOOL = 'workbook-no-such-tool';

function twoInOne(asker: Asker, caller: Caller): Post {
  const [one, other] = [asker.harmless(caller), asker.harmless(caller)];
  return { headers: one.headers, body: `[${one.body},${other.body}]` };
}

/** Whoever knows a session id has not shown who they are; and nobody should guess one. */
async function probeSession(asker: Asker, caller: Caller): Promise<void> {
  if (caller.session === undefined) {
    return asker.skip('The server began no session.', 'session alone', 'another initialize');
  }
  await asker.post('another initialize', caller, initializeRequest(asker.nextId()));
  if (!hasCredentials(caller)) {
    return asker.skip('The server asks for no token.', 'session alone');
  }
  const stranger = withoutToken(caller);
  await asker.post('session alone', stranger, asker.request(stranger, 'tools/list'));
}

/** Questions that any server can be asked, because they are answered before anybody is let in. */
export async function probeAnyServer(asker: Asker, callers: Caller[]): Promise<void> {
  const [first] = callers;
  if (!first) return;
  const broken = { headers: asker.harmless(first).headers, body: '{"jsonrpc": "2.0", "id":' };
  await asker.post('broken json', first, broken);
  for (const caller of callers) {
    const probe = `${caller.speaks ?? 'legacy'} foreign origin` as const;
    await asker.post(probe, caller, asker.harmless(caller), {
      headers: { origin: FOREIGN_ORIGIN },
    });
  }
  await asker.post('null origin', first, asker.harmless(first), { headers: { origin: 'null' } });
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

/** Ends what the audit began; how the server takes that is judged of the caller's own session. */
export async function endSessions(asker: Asker, caller: Caller): Promise<void> {
  if (caller.speaks === 'legacy') {
    await asker.ask('legacy delete', endRequest(asker, caller));
  }
  const begun = (['anonymous initialize', 'initialize', 'another initialize'] as const).flatMap(
    (probe) => sessionIn(replyTo(asker.answers, probe)) ?? [],
  );
  for (const session of new Set(begun)) {
    if (session === caller.session) continue;
    await asker.askAside(endRequest(asker, { ...caller, session }));
  }
}
