/** What the protocol asks of a server's answers, whichever revision it speaks. */
import { errorIn, isSuccess, messagesIn, resultIn } from '../json-rpc.ts';
import { isEventStream, type Reply } from '../polite-client.ts';
import { eras, replyTo, stringsIn, UNSUPPORTED_VERSION, versionOf } from '../read-seen.ts';
import { refusal } from '../refuses-with.ts';
import {
  cannotTell,
  describe,
  fail,
  isRefusal,
  isUnrelated,
  judgeEach,
  mcp,
  notApplicable,
  pass,
  quote,
  type Group,
  type Judgement,
} from '../requirement.ts';
import type { Probe, Seen } from '../seen.ts';

const ASKED: Probe[] = ['discover', 'initialize', 'anonymous discover', 'anonymous initialize'];

const speaksMcp = (seen: Seen): Judgement => {
  const { modern, legacy } = eras(seen);
  if (modern || legacy) {
    const how = [modern ? 'server/discover' : [], legacy ? 'initialize' : []].flat();
    return pass(`It answered ${how.join(' and ')} as MCP has it.`);
  }
  const replies = ASKED.flatMap((probe) => replyTo(seen.answers, probe) ?? []);
  if (replies.some((reply) => errorIn(reply)?.code === UNSUPPORTED_VERSION)) {
    return pass('It speaks MCP, in a revision that the audit does not speak.');
  }
  const [first] = replies;
  if (!first) return cannotTell('The endpoint gave no answer.');
  const isStranger = (reply: Reply): boolean =>
    (isSuccess(reply) || [404, 405, 410, 415].includes(reply.status)) &&
    messagesIn(reply).length === 0 &&
    // A stream that had not yet brought its message may yet.
    !(reply.isCut && isEventStream(reply.headers));
  const page = replies.find(isSuccess);
  if (page && replies.every(isStranger)) {
    return fail(`It answered requests of MCP with ${describe(page)} and no message of MCP.`);
  }
  const { location } = first.headers;
  return cannotTell(
    location === undefined
      ? `It answered ${describe(first)}.`
      : `It answered ${describe(first)} and pointed to ${quote(location)}; the audit follows no redirects.`,
  );
};

const answerType = (seen: Seen): Judgement => {
  const replies = ([...ASKED, 'modern tools', 'legacy tools'] as Probe[])
    .flatMap((probe) => replyTo(seen.answers, probe) ?? [])
    .filter((reply) => resultIn(reply) !== undefined);
  const isRight = (type = ''): boolean => /^(?:application\/json|text\/event-stream)\b/i.test(type);
  const wrong = replies.find(({ headers }) => !isRight(headers['content-type']));
  if (replies.length === 0) return cannotTell('No request was answered with a result.');
  return wrong
    ? fail(`A result was sent as ${quote(wrong.headers['content-type'] ?? 'no type')}.`)
    : pass('Results were sent as application/json or text/event-stream.');
};

const refusesVersion = judgeEach('unknown version', (reply, seen, era) => {
  if (era === 'legacy') {
    if (versionOf(era, seen) < '2025-06-18') {
      return notApplicable('The revision it speaks has no header for the version.');
    }
    if (reply.status === 400) return pass('It answered HTTP 400.');
    return isUnrelated(reply) || [401, 403].includes(reply.status)
      ? cannotTell(`It answered ${describe(reply)}.`)
      : fail(
          `It answered a request of the version 1900-01-01 with ${resultIn(reply) ? 'a result, ' : ''}${describe(reply)}, and one of its own version with a result; it has to be 400.`,
        );
  }
  const judged = refusal(reply, 400, UNSUPPORTED_VERSION);
  const data = errorIn(reply)?.data as { supported?: unknown } | undefined;
  if (judged.state !== 'pass' || stringsIn(data?.supported).length > 0) return judged;
  return fail('The error does not list the supported versions in data.supported.');
});

const refusesMethod = judgeEach('unknown method', (reply, _seen, era) => {
  if (era === 'modern') return refusal(reply, 404, -32_601);
  const code = errorIn(reply)?.code;
  if (code === -32_601) return pass('It answered with the error code -32601.');
  return resultIn(reply)
    ? fail('It answered a method that does not exist with a result.')
    : cannotTell(`It answered ${describe(reply)}.`);
});

const oneMessage = judgeEach('batch', (reply, seen, era) => {
  if (versionOf(era, seen) < '2025-06-18') {
    return notApplicable('The revision it speaks has batches.');
  }
  const results = messagesIn(reply).filter(({ result }) => result !== undefined);
  if (isSuccess(reply) && results.length > 1) {
    return fail(`It answered both messages of one body, ${describe(reply)}.`);
  }
  return isRefusal(reply) && ![401, 403, 429].includes(reply.status)
    ? pass(`It refused two messages in one body with ${describe(reply)}.`)
    : cannotTell(`It answered ${describe(reply)}.`);
});

export const protocol: Group = {
  title: 'Protocol',
  requirements: [
    {
      id: 'speaks-mcp',
      title: 'The endpoint speaks MCP over Streamable HTTP',
      level: 'MUST',
      reference: mcp('basic/transports/streamable-http', 'Streamable HTTP'),
      fix: 'Give the audit the URL of the MCP endpoint itself, such as https://example.com/mcp.',
      lesson: '14-secure-server#one-request-through-all-of-it',
      judge: speaksMcp,
    },
    {
      id: 'answer-type',
      title: 'Results come as JSON or as a stream of events',
      level: 'MUST',
      reference: mcp('basic/transports/streamable-http#sending-messages', 'Sending Messages'),
      fix: 'Send results as application/json or text/event-stream, and as nothing else.',
      lesson: '14-secure-server#what-2026-07-28-adds',
      judge: answerType,
    },
    {
      id: 'version-refused',
      title: 'An unknown protocol version is refused with 400',
      level: 'MUST',
      reference: mcp(
        'basic/transports/streamable-http#protocol-version-header',
        'Protocol Version Header',
      ),
      fix: 'Answer 400; since 2026-07-28 with the error code -32022 and the supported versions in data.supported.',
      lesson: '14-secure-server#what-2026-07-28-adds',
      judge: refusesVersion,
    },
    {
      id: 'unknown-method-refused',
      title: 'An unknown method is refused',
      level: 'MUST',
      reference: mcp(
        'basic/transports/streamable-http#protocol-version-header',
        'Protocol Version Header',
      ),
      fix: 'Answer with the error code -32601; since 2026-07-28 with HTTP 404.',
      lesson: '13-error-responses#before-any-tool-runs',
      judge: refusesMethod,
    },
    {
      id: 'one-message',
      title: 'A body with two messages is refused',
      level: 'checklist',
      reference: mcp('basic/transports/streamable-http#sending-messages', 'Sending Messages'),
      fix: 'Refuse a body that is an array: MCP has had one message a body since 2025-06-18, and a limiter that counts bodies counts too few calls.',
      lesson: '10-rate-limits#batches',
      judge: oneMessage,
    },
  ],
};
