/** Whether a token is asked for, how that is said, and what passes for one. */
import { rfc } from '../../catalogue/attacks/references.ts';
import { isSuccess, resultIn } from '../json-rpc.ts';
import { isEventStream } from '../polite-client.ts';
import { challengeIn, isOpen, parametersOf, replyTo, usesOAuth, versionOf } from '../read-seen.ts';
import {
  cannotTell,
  describe,
  fail,
  judgeAnswer,
  judgeEach,
  mcp,
  notApplicable,
  pass,
  quote,
  type Group,
  type Judgement,
} from '../requirement.ts';
import { ERAS, type Seen } from '../seen.ts';
import { ignoresQuery, mustNotCount, refusesMadeUp, sessionIsNoToken } from './what-counts.ts';

const asksForToken = (seen: Seen): Judgement => {
  const { answers } = seen;
  const lists = ERAS.flatMap((era) => {
    const reply = replyTo(answers, `${era} anonymous tools`);
    return reply ? [{ era, reply, tools: resultIn(reply)?.tools }] : [];
  });
  const open = lists.find(({ tools }) => Array.isArray(tools));
  if (open) {
    const { length } = open.tools as unknown[];
    return fail(`${versionOf(open.era, seen)}: it listed ${length} tools to nobody in particular.`);
  }
  if (challengeIn(answers)) return pass('A request without a token was answered with 401.');
  const [first] = lists;
  if (!first) return cannotTell('Nothing of MCP was answered without a token.');
  return lists.every(({ reply }) => reply.status === 401)
    ? pass('tools/list without a token was answered with 401.')
    : cannotTell(`tools/list without a token was answered with ${describe(first.reply)}.`);
};

const withoutChallenge = ({ answers }: Seen): Judgement =>
  isOpen(answers)
    ? notApplicable('The server asks for no token.')
    : cannotTell('No request was answered with 401.');

/** Judges the 401 to a request without a token. */
const judgeChallenge =
  (judge: (parameters: Record<string, string>) => Judgement) =>
  (seen: Seen): Judgement => {
    const challenge = challengeIn(seen.answers);
    if (!challenge) return withoutChallenge(seen);
    const parameters = parametersOf(challenge);
    return parameters ? judge(parameters) : cannotTell('The 401 has no Bearer challenge.');
  };

const challenges = (seen: Seen): Judgement => {
  const challenge = challengeIn(seen.answers);
  if (!challenge) return withoutChallenge(seen);
  const header = challenge.headers['www-authenticate'];
  if (header === undefined) return fail('The 401 has no WWW-Authenticate.');
  return parametersOf(challenge)
    ? pass(`The 401 has the challenge ${quote(header)}.`)
    : cannotTell(`The challenge is not one of Bearer tokens: ${quote(header)}.`);
};

const namesScope = judgeChallenge(({ scope }) =>
  scope === undefined || scope.trim() === ''
    ? fail('The challenge names no scope.')
    : pass(`The challenge asks for ${quote(scope)}.`),
);

const blamesNobody = judgeChallenge(({ error }) =>
  error === undefined
    ? pass('The challenge has no error code.')
    : fail(`A request without a token was told ${quote(error)}.`),
);

const guardsEveryMethod = (seen: Seen): Judgement => {
  if (!challengeIn(seen.answers)) return withoutChallenge(seen);
  return judgeAnswer('anonymous get', (reply) => {
    if (isSuccess(reply) && isEventStream(reply.headers)) {
      return fail(`POST asks for a token, and GET opened a stream without one.`);
    }
    return [401, 405].includes(reply.status)
      ? pass(`GET without a token was answered with HTTP ${reply.status}.`)
      : cannotTell(`GET without a token was answered with ${describe(reply)}.`);
  })(seen);
};

const namesInvalidToken = judgeEach('made-up token', (reply, seen) => {
  if (isOpen(seen.answers) && !usesOAuth(seen)) return withoutChallenge(seen);
  if (reply.status !== 401) return cannotTell(`It was answered with ${describe(reply)}.`);
  const parameters = parametersOf(reply);
  if (!parameters) return cannotTell('The 401 has no Bearer challenge.');
  const { error } = parameters;
  return error === 'invalid_token'
    ? pass('The challenge says invalid_token.')
    : fail(`The challenge says ${error === undefined ? 'no error' : quote(error)}.`);
});

/** Only a token that may too little shows it, and the audit calls no tool to provoke it. */
const stepsUp = (seen: Seen): Judgement => {
  const { answers } = seen;
  if (isOpen(answers) && !usesOAuth(seen)) return withoutChallenge(seen);
  const refused = (
    ['initialize', 'discover', 'modern tools', 'legacy tools', 'call as another'] as const
  )
    .flatMap((probe) => replyTo(answers, probe) ?? [])
    .find(({ status, headers }) => status === 403 && headers['www-authenticate'] !== undefined);
  if (!refused) return cannotTell('No request was refused for want of a scope.');
  const { error, scope } = parametersOf(refused) ?? {};
  return error === 'insufficient_scope' && scope !== undefined
    ? pass(`The 403 asks for ${quote(scope)}.`)
    : fail(`The 403 has the challenge ${quote(refused.headers['www-authenticate'])}.`);
};

export const tokens: Group = {
  title: 'Tokens and challenges',
  requirements: [
    {
      id: 'token-asked-for',
      title: 'A token is asked for',
      level: 'SHOULD',
      reference: mcp('basic/transports/streamable-http', 'Streamable HTTP, Security'),
      fix: 'Answer 401 to every request without a valid token, whatever its method.',
      lesson: '05-access-tokens#the-answer-401',
      judge: asksForToken,
    },
    {
      id: 'challenge-sent',
      title: 'A 401 says how to get in',
      level: 'MUST',
      reference: rfc(9110, '15.5.2'),
      fix: 'Send WWW-Authenticate with each 401: Bearer, and where the metadata is.',
      lesson: '01-oauth-discovery#one-header',
      judge: challenges,
    },
    {
      id: 'challenge-scope',
      title: 'The challenge names the scope that is needed',
      level: 'SHOULD',
      reference: mcp('basic/authorization#scope-selection-strategy', 'Scope Selection Strategy'),
      fix: 'Put scope="…" into the challenge, with the least one that is of use.',
      lesson: '01-oauth-discovery#one-header',
      judge: namesScope,
    },
    {
      id: 'challenge-without-error',
      title: 'A request without a token is not told of an error',
      level: 'SHOULD',
      reference: rfc(6750, '3.1'),
      fix: 'Leave error and error_description out if no token was sent.',
      lesson: '05-access-tokens#the-answer-401',
      judge: blamesNobody,
    },
    {
      id: 'every-method-guarded',
      title: 'GET is guarded as POST is',
      level: 'MUST',
      reference: mcp('basic/authorization#token-requirements', 'Token Requirements'),
      fix: 'Mount the guard on the path, for every method.',
      lesson: '14-secure-server#every-method-every-path',
      judge: guardsEveryMethod,
    },
    {
      id: 'made-up-token-refused',
      title: 'A made-up token is refused with 401',
      level: 'MUST',
      reference: mcp('basic/authorization#token-handling', 'Token Handling'),
      fix: 'Verify every token that is sent, and answer 401 if it is not valid.',
      lesson: '05-access-tokens#verify-then-read',
      judge: refusesMadeUp,
    },
    {
      id: 'invalid-token-named',
      title: 'The refusal of a token says invalid_token',
      level: 'SHOULD',
      reference: rfc(6750, '3'),
      fix: 'Put error="invalid_token" into the challenge, so that clients know to get another.',
      lesson: '05-access-tokens#the-answer-401',
      judge: namesInvalidToken,
    },
    {
      id: 'altered-token-refused',
      title: 'A token with one character changed is refused',
      level: 'MUST',
      reference: mcp('basic/authorization#token-handling', 'Token Handling'),
      fix: 'Verify the signature, with the algorithms you chose, before anything in the token is read.',
      lesson: '05-access-tokens#verify-then-read',
      judge: mustNotCount('altered token', 'A token with one character changed'),
    },
    {
      id: 'query-token-ignored',
      title: 'A token in the query does not count',
      level: 'MUST',
      reference: mcp('basic/authorization#token-requirements', 'Token Requirements'),
      fix: 'Take tokens from the Authorization header only: addresses end up in logs and histories.',
      lesson: '05-access-tokens#where-the-token-travels',
      judge: ignoresQuery,
    },
    {
      id: 'session-is-no-token',
      title: 'A session id does not stand for a token',
      level: 'MUST',
      reference: mcp('basic/authorization#token-requirements', 'Token Requirements'),
      fix: 'Ask for the token with every request, and check that the session is its user’s.',
      lesson: '05-access-tokens#a-session-is-not-a-token',
      judge: sessionIsNoToken,
    },
    {
      id: 'missing-scope-named',
      title: 'A 403 says which scope is missing',
      level: 'SHOULD',
      reference: mcp('basic/authorization#scope-challenge-handling', 'Scope Challenge Handling'),
      fix: 'Put error="insufficient_scope" and scope="…" into the challenge of the 403.',
      lesson: '06-scopes#tool-by-tool',
      judge: stepsUp,
    },
  ],
};
