/** What only revisions with a handshake ask of a server (MCP 2025-03-26 to 2025-11-25). */
import { link } from '../../catalogue/attacks/references.ts';
import { isSuccess } from '../json-rpc.ts';
import { isEventStream } from '../polite-client.ts';
import { eras, replyTo, sessionIn } from '../read-seen.ts';
import {
  cannotTell,
  describe,
  fail,
  isUnrelated,
  judgeAnswer,
  notApplicable,
  pass,
  quote,
  type Group,
  type Judgement,
} from '../requirement.ts';
import type { Seen } from '../seen.ts';
import { guessableBits } from '../session-entropy.ts';

/** Items of sessions and notifications are about servers that have them. */
const legacyOnly =
  (judge: (seen: Seen) => Judgement) =>
  (seen: Seen): Judgement => {
    const spoken = eras(seen);
    if (spoken.legacy) return judge(seen);
    return spoken.modern
      ? notApplicable('The server speaks no revision with a handshake.')
      : cannotTell('The server was not seen to speak a revision with a handshake.');
  };

/** The specification leaves two answers; a request that is refused for its caller is another thing. */
const answersGet = judgeAnswer('legacy get', (reply) => {
  if (reply.status === 405) return pass('It answered HTTP 405.');
  if (isSuccess(reply) && isEventStream(reply.headers)) return pass('It opened a stream.');
  return isUnrelated(reply) || [401, 403].includes(reply.status)
    ? cannotTell(`It answered ${describe(reply)}.`)
    : fail(`It answered ${describe(reply)}, and neither 405 nor a stream of events.`);
});

const endsSession = judgeAnswer('legacy delete', (reply, seen) => {
  if (isSuccess(reply)) return pass(`It ended the session with ${describe(reply)}.`);
  if (reply.status === 405) return pass('It answered HTTP 405: clients do not end sessions there.');
  if (sessionIn(replyTo(seen.answers, 'initialize')) === undefined) {
    return notApplicable(`The server began no session, and answered ${describe(reply)}.`);
  }
  return isUnrelated(reply) || [401, 403].includes(reply.status)
    ? cannotTell(`It answered ${describe(reply)}.`)
    : fail(`It answered ${describe(reply)}, and neither ended the session nor answered 405.`);
});

const acceptsNotification = judgeAnswer('initialized', (reply) => {
  if (reply.status === 202 && reply.body === '') return pass('It answered HTTP 202 and no body.');
  if (!isSuccess(reply)) return cannotTell(`It answered ${describe(reply)}.`);
  const body = reply.body === '' ? 'no body' : 'a body';
  return fail(`It answered the notification with ${describe(reply)} and ${body}.`);
});

/** The session that the server began, if it did. */
const judgeSession =
  (judge: (session: string, seen: Seen) => Judgement) =>
  (seen: Seen): Judgement => {
    const session = sessionIn(replyTo(seen.answers, 'initialize'));
    return session === undefined
      ? notApplicable('The server began no session.')
      : judge(session, seen);
  };

/** Of a random number of 128 bits, such as UUIDs have nearly; fewer than half is too few. */
const FEWEST_BITS = 64;

const isUnguessable = judgeSession((_session, { answers }) => {
  const ids = (['anonymous initialize', 'initialize', 'another initialize'] as const).flatMap(
    (probe) => sessionIn(replyTo(answers, probe)) ?? [],
  );
  const distinct = [...new Set(ids)];
  const repeated = replyTo(answers, 'another initialize');
  if (repeated && sessionIn(repeated) === sessionIn(replyTo(answers, 'initialize'))) {
    return fail('Two handshakes were given the same session id.');
  }
  const bits = guessableBits(distinct);
  if (bits < FEWEST_BITS) {
    return fail(
      `Without what ${distinct.length} ids have in common and the time of issue, about ${bits} bits are left to guess.`,
    );
  }
  return distinct.length < 2
    ? cannotTell('Only one id was seen, which does not show how the next one is made.')
    : pass(`${distinct.length} ids differ in at least ${FEWEST_BITS} bits that are no time.`);
});

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
      judge: legacyOnly(answersGet),
    },
    {
      id: 'session-ends',
      title: 'DELETE ends a session or is answered with 405',
      level: 'checklist',
      reference: link(
        'MCP 2025-11-25, Session Management',
        'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management',
      ),
      fix: 'Let DELETE end the session of its caller, or answer 405.',
      lesson: '14-secure-server#every-method-every-path',
      judge: legacyOnly(endsSession),
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
      title: 'The session id cannot be guessed',
      level: 'SHOULD',
      reference: link(
        'MCP 2025-11-25, Session Management',
        'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management',
      ),
      fix: 'Make the id with crypto.randomUUID().',
      lesson: '05-access-tokens#a-session-is-not-a-token',
      judge: legacyOnly(isUnguessable),
    },
  ],
};
