/** What can be seen with a second token, with one that must not count, and with a call. */
import { cwe } from '../../catalogue/attacks/references.ts';
import { errorIn, isSuccess, resultIn } from '../json-rpc.ts';
import type { Reply } from '../polite-client.ts';
import { isAnsweredIn } from '../read-seen.ts';
import {
  cannotTell,
  describe,
  fail,
  isUnrelated,
  judgeAnswer,
  judgeEach,
  mcp,
  notApplicable,
  pass,
  type Group,
  type Judgement,
} from '../requirement.ts';
import type { Probe, Seen } from '../seen.ts';

const NO_SESSION = 'The server began no session.';

/** Where the user gave nothing for it, the item is none of this audit. */
const ifGiven =
  (probe: Probe, option: string, judge: (seen: Seen) => Judgement) =>
  (seen: Seen): Judgement => {
    const answer = seen.answers[probe];
    if (answer.kind === 'silence' && answer.why === NO_SESSION) return notApplicable(NO_SESSION);
    const isAsked = answer.kind === 'reply' || answer.why !== 'It was not asked.';
    return isAsked ? judge(seen) : notApplicable(`With ${option} this can be seen.`);
  };

const refusesBadToken = (seen: Seen): Judgement => {
  const { 'modern bad token': modern, 'legacy bad token': legacy } = seen.answers;
  const isAsked = [modern, legacy].some((one) => one.kind === 'reply');
  if (!isAsked) return notApplicable('With --bad-token this can be seen.');
  return judgeEach('bad token', (reply, _seen, era) => {
    if (reply.status === 401) return pass('The token that must not count was refused with 401.');
    if (resultIn(reply)) {
      return fail(`The token that must not count was answered with a result, ${describe(reply)}.`);
    }
    return isUnrelated(reply) || !isAnsweredIn(era, seen)
      ? cannotTell(`It was answered with ${describe(reply)}.`)
      : fail(`It was answered with ${describe(reply)}, and not with 401.`);
  })(seen);
};

const keepsSessions = judgeAnswer('session of another', (reply) => {
  if (resultIn(reply)) {
    return fail(`The second user was answered in the session of the first, ${describe(reply)}.`);
  }
  return isUnrelated(reply) || isSuccess(reply)
    ? cannotTell(`It was answered with ${describe(reply)}.`)
    : pass(`The second user was refused in the session of the first with ${describe(reply)}.`);
});

/** By an error of the protocol, or by a result that says it is one. */
const isRefusedCall = (reply: Reply): boolean =>
  errorIn(reply) !== undefined || resultIn(reply)?.isError === true;

const refusesUnknownTool = judgeAnswer('unknown tool', (reply) => {
  if (isRefusedCall(reply)) return pass('A tool that does not exist was answered with an error.');
  return resultIn(reply)
    ? fail('A tool that does not exist was answered with a result that is no error.')
    : cannotTell(`It was answered with ${describe(reply)}.`);
});

const refusesWrongArguments = judgeAnswer('call with wrong arguments', (reply, { answers }) => {
  const right = answers.call;
  if (right.kind === 'silence' || !resultIn(right) || isRefusedCall(right)) {
    return cannotTell('The call with your arguments was not answered as one that worked.');
  }
  if (isRefusedCall(reply)) return pass('An argument of another type was refused.');
  return resultIn(reply)
    ? fail('An argument of another type than the schema says was taken.')
    : cannotTell(`It was answered with ${describe(reply)}.`);
});

export const given: Group = {
  title: 'With more of yours: two users, a bad token, a call',
  requirements: [
    {
      id: 'bad-token-refused',
      title: 'A token that is expired, or for another resource, is refused',
      level: 'MUST',
      reference: mcp('basic/authorization#token-handling', 'Token Handling'),
      fix: 'Check aud, iss and exp of every token, and not its signature alone.',
      lesson: '05-access-tokens#issuer-and-audience',
      judge: refusesBadToken,
    },
    {
      id: 'session-of-its-user',
      title: 'A session is its user’s alone',
      level: 'MUST',
      reference: cwe(639, 'Authorization Bypass Through User-Controlled Key'),
      fix: 'Keep each session under the subject of the token that began it, and compare with every request.',
      lesson: '05-access-tokens#a-session-is-not-a-token',
      judge: ifGiven('session of another', '--token-2', keepsSessions),
    },
    {
      id: 'unknown-tool-refused',
      title: 'A tool that does not exist is an error',
      level: 'MUST',
      reference: mcp('server/tools#error-handling', 'Tools, Error Handling'),
      fix: 'Answer with the error code -32602.',
      lesson: '13-error-responses#before-any-tool-runs',
      judge: refusesUnknownTool,
    },
    {
      id: 'invalid-arguments-refused',
      title: 'Arguments that contradict the schema are refused',
      level: 'MUST',
      reference: mcp('server/tools#security-considerations', 'Tools, Security Considerations'),
      fix: 'Validate all arguments by the schema before the tool runs.',
      lesson: '08-city-input#length-and-type',
      judge: ifGiven('call', '--call', refusesWrongArguments),
    },
  ],
};
