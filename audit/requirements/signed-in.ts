/** What a code and a refresh token are worth after their first use. */
import { rfc } from '../../catalogue/attacks/references.ts';
import { documentIn } from '../read-seen.ts';
import type { Reply } from '../polite-client.ts';
import {
  cannotTell,
  describe,
  fail,
  isRefusal,
  judgeAnswer,
  notApplicable,
  pass,
  type Group,
  type Judgement,
} from '../requirement.ts';
import type { Probe, Seen } from '../seen.ts';

/** Without a sign-in of the audit's own there is nothing to use again. */
const ifSignedIn =
  (probe: Probe, judge: (seen: Seen) => Judgement) =>
  (seen: Seen): Judgement => {
    const answer = seen.answers[probe];
    const isAsked = answer.kind === 'reply' || answer.why !== 'It was not asked.';
    return isAsked ? judge(seen) : notApplicable('With --sign-in this can be seen.');
  };

const givesToken = (reply: Reply): boolean =>
  typeof documentIn(reply)?.access_token === 'string' && reply.status === 200;

const takesCodeOnce = judgeAnswer('code again', (reply) => {
  if (givesToken(reply)) return fail('The same code gave a token twice.');
  return isRefusal(reply)
    ? pass(`The code was refused when it came again, with ${describe(reply)}.`)
    : cannotTell(`It was answered with ${describe(reply)}.`);
});

const replacesRefreshTokens = (seen: Seen): Judgement => {
  const first = seen.answers.refresh;
  if (first.kind === 'silence') {
    return first.why === 'The sign-in gave no refresh token.'
      ? notApplicable(first.why)
      : cannotTell(first.why);
  }
  if (!givesToken(first)) {
    return cannotTell(`The refresh token was answered with ${describe(first)}.`);
  }
  const again = seen.answers['refresh again'];
  if (again.kind === 'silence') {
    return again.why === 'The refresh token was not replaced.' && seen.isPublicClient
      ? fail('A refresh gives no other refresh token, and the client has no secret to show.')
      : cannotTell(again.why);
  }
  if (givesToken(again)) {
    return cannotTell(
      'A used refresh token was answered again at once. For some seconds that is grace; whether it ends, this does not show.',
    );
  }
  return pass(`A used refresh token was refused, with ${describe(again)}.`);
};

export const signedIn: Group = {
  title: 'Codes and refresh tokens',
  isOfOAuth: true,
  requirements: [
    {
      id: 'code-once',
      title: 'A code is good once',
      level: 'MUST',
      reference: rfc(6749, '4.1.2'),
      fix: 'Mark the code as used in the same step in which it is looked up, and revoke what its first use gave.',
      lesson: '04-token-grants#once',
      judge: ifSignedIn('code again', takesCodeOnce),
    },
    {
      id: 'refresh-replaced',
      title: 'Refresh tokens of clients without a secret are replaced at every use',
      level: 'MUST',
      reference: rfc(9700, '4.14.2'),
      fix: 'Give a new refresh token with every refresh, and end the family when a used one comes back after the grace.',
      lesson: '04-token-grants#the-family',
      judge: ifSignedIn('refresh', replacesRefreshTokens),
    },
  ],
};
