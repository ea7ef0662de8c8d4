/** What passes for a token: one that is none, an altered one, one in the query, a session alone. */
import { isSuccess } from '../json-rpc.ts';
import type { Reply } from '../polite-client.ts';
import {
  challengeIn,
  eras,
  hasResult,
  isAnswered,
  isMcp,
  isOpen,
  replyTo,
  sessionIn,
  usesOAuth,
} from '../read-seen.ts';
import {
  cannotTell,
  describe,
  fail,
  isRefusal,
  isUnrelated,
  judgeAnswer,
  judgeEach,
  notApplicable,
  pass,
  type Judgement,
} from '../requirement.ts';
import type { Probe, Seen } from '../seen.ts';

/** The answer to a token that is none, or does not count where it was put. */
function judge401(what: string, reply: Reply, seen: Seen): Judgement {
  if (reply.status === 401) return pass(`${what} was refused with 401.`);
  if (hasResult(reply)) return fail(`${what} was answered with a result: ${describe(reply)}.`);
  // Without a token it is 401, so that nothing but the token makes the difference.
  const isOfToken = challengeIn(seen.answers) && !isUnrelated(reply) && !isSuccess(reply);
  return isOfToken
    ? fail(`${what} was answered with ${describe(reply)}, and not with 401.`)
    : cannotTell(`${what} was answered with ${describe(reply)}.`);
}

export const refusesMadeUp = (seen: Seen): Judgement =>
  isOpen(seen.answers) && !usesOAuth(seen)
    ? notApplicable('The server asks for no token, and shows no sign of OAuth.')
    : judgeEach('made-up token', (reply) => judge401('A made-up token', reply, seen))(seen);

/** Where the same request with the right token is answered, and without any refused. */
export const mustNotCount =
  (probe: Probe, what: string) =>
  (seen: Seen): Judgement => {
    if (!challengeIn(seen.answers)) {
      return isOpen(seen.answers)
        ? notApplicable('The server asks for no token, so nothing can be seen to replace it.')
        : cannotTell('The server was not seen to ask for a token.');
    }
    return judgeAnswer(probe, (reply) =>
      isAnswered(seen)
        ? judge401(what, reply, seen)
        : cannotTell('The token itself was not accepted, so that the refusal says nothing.'),
    )(seen);
  };

export const sessionIsNoToken = (seen: Seen): Judgement => {
  const spoken = eras(seen);
  const session = sessionIn(replyTo(seen.answers, 'initialize'));
  return isMcp(spoken) && !(spoken.legacy && session !== undefined)
    ? notApplicable('The server began no session.')
    : mustNotCount('session alone', 'A session id without a token')(seen);
};

/**
 * Both come with the session, if there is one: where that is enough, the query shows nothing. Any
 * refusal will do: RFC 6750 §3.1 has 400 for a token in the wrong place, and an address with a query
 * may be one that does not exist.
 */
export const ignoresQuery = (seen: Seen): Judgement => {
  if (hasResult(replyTo(seen.answers, 'session alone'))) {
    return cannotTell('A session id alone is answered, too.');
  }
  const reply = replyTo(seen.answers, 'token in the query');
  const isRefused = reply && isRefusal(reply) && !isUnrelated(reply) && isAnswered(seen);
  return isRefused && challengeIn(seen.answers)
    ? pass(`A token in the query was refused with ${describe(reply)}.`)
    : mustNotCount('token in the query', 'A token in the query')(seen);
};
