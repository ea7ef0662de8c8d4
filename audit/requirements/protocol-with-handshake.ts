/** What only revisions with a handshake ask of a server (MCP 2025-03-26 to 2025-11-25). */
import { link } from '../../catalogue/attacks/references.ts';
import { isEventStream, isSuccess } from '../json-rpc.ts';
import { eras, isMcp, replyTo } from '../read-seen.ts';
import {
  cannotTell,
  describe,
  fail,
  judgeAnswer,
  pass,
  quote,
  type Group,
  type Judgement,
} from '../requirement.ts';
import type { Seen } from '../seen.ts';

const legacyOnly =
  (judge: (seen: Seen) => Judgement) =>
  (seen: Seen): Judgement =>
    eras(seen).legacy || !isMcp(eras(seen))
      ? judge(seen)
      : cannotTell('The server speaks no revision with a handshake.');

const answersGet = judgeAnswer('get', (reply) => {
  if (reply.status === 405) return pass('It answered HTTP 405.');
  if (isSuccess(reply) && isEventStream(reply.headers)) return pass('It opened a stream.');
  return isSuccess(reply) || [500, 501].includes(reply.status)
    ? fail(`It answered ${describe(reply)}, and neither 405 nor a stream of events.`)
    : cannotTell(`It answered ${describe(reply)}.`);
});

const acceptsNotification = judgeAnswer('initialized', (reply) => {
  if (reply.status === 202 && reply.body === '') return pass('It answered HTTP 202 and no body.');
  if (!isSuccess(reply)) return cannotTell(`It answered ${describe(reply)}.`);
  const body = reply.body === '' ? 'no body' : 'a body';
  return fail(`It answered the notification with ${describe(reply)} and ${body}.`);
});

/** The session that the server began, if it did. */
const judgeSession =
  (judge: (session: string) => Judgement) =>
  (seen: Seen): Judgement => {
    const session = replyTo(seen.answers, 'initialize')?.headers['mcp-session-id'];
    return session === undefined ? cannotTell('The server began no session.') : judge(session);
  };

export const protocolWithHandshake: Group = {
  title: 'Protocol with a handshake, 2025-03-26 to 2025-11-25',
  requirements: [
    {
      id: 'get-answered',
      title: 'GET opens a stream or is answered with 405',
      level: 'MUST',
      reference: link(
        'MCP 2025-11-25, Listening for Messages from the Server',
        'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#listening-for-messages-from-the-server',
      ),
      fix: 'Answer GET with text/event-stream, or with 405 if there is no stream.',
      lesson: '14-secure-server#every-method-every-path',
      judge: (seen) =>
        eras(seen).legacy
          ? answersGet(seen)
          : cannotTell('The server was not seen to speak a revision with a handshake.'),
    },
    {
      id: 'notification-accepted',
      title: 'An accepted notification is answered with 202 and no body',
      level: 'MUST',
      reference: link(
        'MCP 2025-11-25, Sending Messages to the Server',
        'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#sending-messages-to-the-server',
      ),
      fix: 'Answer notifications with 202 and nothing else.',
      lesson: '14-secure-server#what-2026-07-28-adds',
      judge: legacyOnly(acceptsNotification),
    },
    {
      id: 'session-id-visible',
      title: 'The session id has visible ASCII characters only',
      level: 'MUST',
      reference: link(
        'MCP 2025-11-25, Session Management',
        'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management',
      ),
      fix: 'Make the id with crypto.randomUUID().',
      lesson: '05-access-tokens#a-session-is-not-a-token',
      judge: legacyOnly(
        judgeSession((session) =>
          /^[!-~]+$/.test(session)
            ? pass('All characters of the id are visible ASCII.')
            : fail(`The id is ${quote(session)}.`),
        ),
      ),
    },
    {
      id: 'session-id-unguessable',
      title: 'The session id is long enough not to be guessed',
      level: 'SHOULD',
      reference: link(
        'MCP 2025-11-25, Session Management',
        'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management',
      ),
      fix: 'Make the id with crypto.randomUUID().',
      lesson: '05-access-tokens#a-session-is-not-a-token',
      judge: legacyOnly(
        judgeSession((session) =>
          session.length < 16
            ? fail(`The id has ${session.length} characters.`)
            : pass(`The id has ${session.length} characters.`),
        ),
      ),
    },
  ],
};
