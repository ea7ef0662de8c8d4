/** Other ways to the same server. */
import { link, rfc } from '../../catalogue/attacks/references.ts';
import { isSuccess } from '../json-rpc.ts';
import { isEventStream } from '../polite-client.ts';
import { challengeIn, hasResult, isOpen, redirectIn, replyTo } from '../read-seen.ts';
import {
  cannotTell,
  describe,
  fail,
  isRefusal,
  isUnrelated,
  judgeAnswer,
  mcp,
  notApplicable,
  pass,
  type Group,
  type Judgement,
} from '../requirement.ts';
import { besideTls } from '../near-names.ts';
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

/** It was asked without a token, over a connection that everybody on the way can read and change. */
const servesNoPlainHttp = (seen: Seen): Judgement => {
  if (seen.url.protocol !== 'https:') {
    return notApplicable('There is no TLS here, beside which there could be plain http.');
  }
  const answer = seen.answers['plain http'];
  if (answer.kind === 'silence') {
    return answer.isNoHttp
      ? pass(`Nobody speaks plain http at ${plainHost(seen)}.`)
      : cannotTell(answer.why);
  }
  const at = `Over plain http ${plainHost(seen)} answered with ${describe(answer)}`;
  if (hasResult(answer)) return fail(`${at} and a result of MCP.`);
  if (answer.status === 401 && challengeIn(seen.answers)) {
    return fail(`${at}: it asks for a token, which everybody on the way could read.`);
  }
  const target = redirectIn(answer, besideTls(seen.url));
  if (target) {
    return target.protocol === 'https:'
      ? pass(`${at}, and points to https.`)
      : cannotTell(`${at}.`);
  }
  return isUnrelated(answer) || answer.status >= 500
    ? cannotTell(`${at}.`)
    : pass(`${at}, and with nothing of MCP.`);
};

const plainHost = ({ url }: Seen): string => {
  const { hostname, port } = besideTls(url);
  return `${hostname}:${port || 80}`;
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
    {
      id: 'no-plain-http',
      title: 'Beside TLS there is no plain http',
      level: 'checklist',
      reference: rfc(6750, '5.3'),
      fix: 'Close the port of plain http, or answer every request there with a redirect to https and nothing else. Behind a proxy, listen where only the proxy comes.',
      lesson: '11-transport#tls',
      judge: servesNoPlainHttp,
    },
  ],
};
