/** Other ways to the same server. */
import { link } from '../../catalogue/attacks/references.ts';
import { isSuccess } from '../json-rpc.ts';
import { isEventStream } from '../polite-client.ts';
import { challengeIn, isOpen, replyTo } from '../read-seen.ts';
import {
  cannotTell,
  describe,
  fail,
  isRefusal,
  judgeAnswer,
  mcp,
  notApplicable,
  pass,
  type Group,
  type Judgement,
} from '../requirement.ts';
import type { Seen } from '../seen.ts';

const bindsToLoopback = (seen: Seen): Judgement => {
  if (!seen.isLoopback) return notApplicable('The server is not on this machine.');
  const answer = seen.answers['other address'];
  if (answer.kind === 'silence') {
    const isRefused = /ECONNREFUSED/.test(answer.why);
    return isRefused
      ? pass('At another address of this machine nobody answers under its port.')
      : cannotTell(answer.why);
  }
  const here = replyTo(seen.answers, 'anonymous initialize');
  return here && here.status === answer.status && describe(here) === describe(answer)
    ? fail(`It answers at another address of this machine as well, with ${describe(answer)}.`)
    : cannotTell(`Somebody answers at another address of this machine, with ${describe(answer)}.`);
};

const guardsOldDoor = (seen: Seen): Judgement => {
  if (isOpen(seen.answers)) return notApplicable('The server asks for no token.');
  if (!challengeIn(seen.answers)) return cannotTell('It is not known that it asks for a token.');
  return judgeAnswer('old door', (reply) => {
    const isOldEndpoint = isEventStream(reply.headers) && /^event:\s*endpoint\b/m.test(reply.body);
    if (isSuccess(reply) && isOldEndpoint) {
      return fail('/sse begins a stream of the first revision for everybody, without a token.');
    }
    return isRefusal(reply) || isSuccess(reply)
      ? pass(`/sse answers ${describe(reply)}, and gives no endpoint to a caller without a token.`)
      : cannotTell(`/sse answers ${describe(reply)}.`);
  })(seen);
};

export const otherWays: Group = {
  title: 'Other ways to the same server',
  requirements: [
    {
      id: 'bound-to-loopback',
      title: 'On this machine it listens on loopback only',
      level: 'SHOULD',
      reference: mcp('basic/transports/streamable-http#security-warning', 'Security Warning'),
      fix: "Listen on 127.0.0.1 and ::1: app.listen(port, '127.0.0.1'). Without an address Node listens on all.",
      lesson: '11-transport#where-it-listens',
      judge: bindsToLoopback,
    },
    {
      id: 'old-door-guarded',
      title: 'An endpoint of the first revision asks for a token as well',
      level: 'MUST',
      reference: link(
        'MCP 2024-11-05, HTTP with SSE',
        'https://modelcontextprotocol.io/specification/2024-11-05/basic/transports#http-with-sse',
      ),
      fix: 'Remove the routes of HTTP+SSE, or put them behind the middleware that guards the endpoint.',
      lesson: '05-access-tokens#a-session-is-not-a-token',
      judge: guardsOldDoor,
    },
  ],
};
