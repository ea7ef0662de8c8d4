/** Which bodies are read, and what errors and limits say. */
import { cwe, rfc } from '../../catalogue/attacks/references.ts';
import { messagesIn, resultIn } from '../json-rpc.ts';
import type { Reply } from '../polite-client.ts';
import { askedEras, isAnswered, replyTo, usualStatus } from '../read-seen.ts';
import {
  cannotTell,
  describe,
  fail,
  isRefusal,
  judgeAnswer,
  judgeEach,
  pass,
  quote,
  type Group,
  type Judgement,
} from '../requirement.ts';
import { inWords, PROBES, type Probe, type Seen } from '../seen.ts';

const readsJsonOnly = judgeEach('plain text', (reply) => {
  if (resultIn(reply)) return fail(`A message sent as text/plain was run: ${describe(reply)}.`);
  if (reply.status === 500) {
    return fail('A message sent as text/plain was not refused: the server broke on it, HTTP 500.');
  }
  return isRefusal(reply) && ![401, 403, 429].includes(reply.status)
    ? pass(`A message sent as text/plain was refused with ${describe(reply)}.`)
    : cannotTell(`It was answered with ${describe(reply)}.`);
});

const endsLongBodies = (seen: Seen): Judgement => {
  const { 'long body': sent, 'after the long body': after } = seen.answers;
  if (sent.kind !== 'silence' || !sent.isEnded) return answersLongBodies(seen);
  if (after.kind === 'reply' && after.status === usualStatusOfAny(seen)) {
    return pass(
      'The connection ended before a body of 16 MiB was through, and the server goes on.',
    );
  }
  return after.kind === 'silence' && after.isEnded === undefined
    ? cannotTell(sent.why)
    : fail('After a body of 16 MiB the server did not answer as before.');
};

const answersLongBodies = judgeAnswer('long body', (reply, seen) => {
  if (reply.status === 413) return pass('A body of 16 MiB was refused with HTTP 413.');
  if (resultIn(reply)) return fail(`A body of 16 MiB was read: ${describe(reply)}.`);
  const isRefused = isRefusal(reply) && ![401, 403, 404, 429].includes(reply.status);
  return isRefused && isAnswered(seen)
    ? pass(`A body of 16 MiB was refused with ${describe(reply)}.`)
    : cannotTell(`It was answered with ${describe(reply)}.`);
});

const usualStatusOfAny = (seen: Seen): number | undefined => {
  const [era] = askedEras(seen);
  return era && usualStatus(era, seen);
};

const refusesBrokenJson = judgeAnswer('broken json', (reply, seen) => {
  if (reply.status === 500) return fail('A body that is no JSON was answered with HTTP 500.');
  if (resultIn(reply)) return fail('A body that is no JSON was answered with a result.');
  // Where a right body is refused as well, the refusal is of something else.
  const isOfBody = reply.status !== usualStatusOfAny(seen) && reply.status !== 404;
  return isRefusal(reply) && isOfBody && ![401, 403, 429].includes(reply.status)
    ? pass(`A body that is no JSON was refused with ${describe(reply)}.`)
    : cannotTell(`It was answered with ${describe(reply)}.`);
});

/** What errors of programs look like: where it went wrong, on whose disk. */
const TRACES = [
  /\bat [^\n<>]{0,200}?(?:node:|file:\/\/|[\\/])[^\s<>()]{1,200}:\d+:\d+/,
  /Traceback \(most recent call last\)/,
  /\bat [\w.$]{1,200}\([\w$]{1,80}\.java:\d+\)/,
  /\bgoroutine \d+ \[/,
  /[\w./\\-]{0,80}[\\/]node_modules[\\/][\w./\\@-]{1,80}/,
  /(?:\/(?:home|Users|root|srv|opt|app|var\/www)\/|[A-Z]:\\)[\w./\\ -]{1,160}\.(?:[cm]?[jt]sx?|py|rb|go|java|php|cs):\d+/,
];

/** Of an error; a longer one is longer than anybody reads. */
const LONGEST_ERROR = 64 * 1024;

function traceIn({ body, headers }: Reply): string | undefined {
  const text = `${headers['www-authenticate'] ?? ''}\n${body.slice(0, LONGEST_ERROR)}`;
  const found = TRACES.map((pattern) => pattern.exec(text)?.[0]).find((one) => one !== undefined);
  // Express puts a stack into a page.
  return found?.replaceAll('&lt;', '<').replaceAll('&gt;', '>');
}

const isError = (reply: Reply): boolean =>
  reply.status >= 400 ||
  messagesIn(reply).some(({ error, result }) => error !== undefined || result?.isError === true);

const tellsNothing = ({ answers, url }: Seen): Judgement => {
  const errors = PROBES.flatMap((probe) => {
    const answer = answers[probe];
    return answer.kind === 'reply' && isError(answer) ? [{ probe, reply: answer }] : [];
  });
  for (const { probe, reply } of errors) {
    const trace = traceIn(reply);
    if (trace !== undefined) {
      return fail(`The answer (HTTP ${reply.status}) to ${inWords(probe)} shows ${quote(trace)}.`);
    }
  }
  return errors.length === 0
    ? cannotTell(`${url.host} answered nothing with an error.`)
    : pass(`None of ${errors.length} errors shows a path or a stack.`);
};

const LIMIT_HEADERS = ['ratelimit', 'ratelimit-limit', 'ratelimit-policy', 'x-ratelimit-limit'];

/** Of the endpoint: that of registration, say, has a limit of its own. */
const isOfEndpoint = (probe: Probe): boolean => !/metadata|register|authorize/.test(probe);

const namesItsLimit = ({ answers }: Seen): Judgement => {
  const replies = PROBES.filter(isOfEndpoint).flatMap((probe) => replyTo(answers, probe) ?? []);
  const refused = replies.find(({ status }) => status === 429);
  if (refused) {
    const after = refused.headers['retry-after'];
    return after === undefined
      ? fail('An answer was 429 without Retry-After, so that a client can only guess.')
      : pass(`An answer was 429 with Retry-After: ${quote(after)}.`);
  }
  const header = LIMIT_HEADERS.find((name) => replies.some(({ headers }) => name in headers));
  return header === undefined
    ? cannotTell('So few requests met no limit, and more are not sent.')
    : pass(`Answers tell of a limit, in the header ${header}.`);
};

export const bodies: Group = {
  title: 'Bodies, errors and limits',
  requirements: [
    {
      id: 'json-only',
      title: 'Only application/json is read',
      level: 'checklist',
      reference: rfc(9110, '15.5.16'),
      fix: 'Answer 415 to every other type: a page can send text/plain to any server without being asked.',
      lesson: '11-transport#one-type-of-body',
      judge: readsJsonOnly,
    },
    {
      id: 'body-limited',
      title: 'A long body is refused',
      level: 'checklist',
      reference: rfc(9110, '15.5.14'),
      fix: 'Stop reading at a megabyte or so, as bytes come out of decompression, and answer 413.',
      lesson: '11-transport#a-limit-that-holds',
      judge: endsLongBodies,
    },
    {
      id: 'broken-json-refused',
      title: 'A body that is no JSON is the client’s mistake',
      level: 'checklist',
      reference: rfc(9110, '15.5.1'),
      fix: 'Pass the parser’s error on with its status, and answer 400.',
      lesson: '13-error-responses#a-status-is-a-claim-too',
      judge: refusesBrokenJson,
    },
    {
      id: 'errors-tell-nothing',
      title: 'Errors show no stack and no path',
      level: 'checklist',
      reference: cwe(209, 'Generation of Error Message Containing Sensitive Information'),
      fix: 'Turn errors into answers in one place, with words of your own, mounted last.',
      lesson: '13-error-responses#whose-words-are-these',
      judge: tellsNothing,
    },
    {
      id: 'limit-named',
      title: 'A rate limit says when to come back',
      level: 'checklist',
      reference: rfc(6585, '4'),
      fix: 'Send Retry-After with 429, in whole seconds.',
      lesson: '10-rate-limits#the-answer',
      judge: namesItsLimit,
    },
  ],
};
