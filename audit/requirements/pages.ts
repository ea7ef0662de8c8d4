/** What pages of other sites may do through their visitors' browsers. */
import { cwe, link, rfc } from '../../catalogue/attacks/references.ts';
import { hasResult, replyTo, spokenVersion } from '../read-seen.ts';
import {
  cannotTell,
  describe,
  fail,
  isRefusal,
  isUnrelated,
  judgeAnswer,
  mcp,
  pass,
  type Group,
  type Judgement,
} from '../requirement.ts';
import { FOREIGN_HOST, FOREIGN_ORIGIN, type Seen } from '../seen.ts';

/** The same request without what is foreign about it was answered with success. */
const isAnsweredOtherwise = ({ answers }: Seen): boolean =>
  hasResult(replyTo(answers, 'discover')) || hasResult(replyTo(answers, 'initialize'));

const refusesOrigin = judgeAnswer('foreign origin', (reply, seen) => {
  if (hasResult(reply)) {
    return fail(`A request with Origin: ${FOREIGN_ORIGIN} was answered with ${describe(reply)}.`);
  }
  const isGuarded =
    isAnsweredOtherwise(seen) || replyTo(seen.answers, 'initialize')?.status === 401;
  if (reply.status === 403 && isGuarded) return pass('It was refused with HTTP 403.');
  if (reply.status === 401) {
    return cannotTell('It was refused for want of a token, which says nothing about Origin.');
  }
  const isOtherRefusal = isRefusal(reply) && reply.status !== 403 && !isUnrelated(reply);
  if (!isOtherRefusal || !isAnsweredOtherwise(seen)) {
    return cannotTell(`It was answered with ${describe(reply)}.`);
  }
  return spokenVersion(seen) < '2025-11-25'
    ? pass(`It was refused with ${describe(reply)}.`)
    : fail(`It was refused with ${describe(reply)}; the answer has to be 403.`);
});

const allowedOrigins = ({ answers }: Seen): string[] =>
  (['preflight', 'foreign origin'] as const).flatMap(
    (probe) => replyTo(answers, probe)?.headers['access-control-allow-origin'] ?? [],
  );

const knowsItsReaders = (seen: Seen): Judgement => {
  const { preflight, 'foreign origin': posted } = seen.answers;
  if (preflight.kind === 'silence' || posted.kind === 'silence') {
    return cannotTell(preflight.kind === 'silence' ? preflight.why : 'There was no answer.');
  }
  const allowed = allowedOrigins(seen);
  if (allowed.includes(FOREIGN_ORIGIN)) {
    return fail(`Access-Control-Allow-Origin repeats whatever origin asks: ${FOREIGN_ORIGIN}.`);
  }
  if (posted.headers['access-control-allow-origin'] === '*' && hasResult(posted)) {
    return fail('Every page may read the answers: Access-Control-Allow-Origin: *.');
  }
  return allowed.includes('*')
    ? cannotTell('Access-Control-Allow-Origin was *, on what was no success.')
    : pass('A foreign origin was not allowed to read.');
};

const sharesNoCredentials = (seen: Seen): Judgement => {
  const replies = (['preflight', 'foreign origin'] as const).flatMap(
    (probe) => replyTo(seen.answers, probe) ?? [],
  );
  if (replies.length === 0) return cannotTell('There was no answer.');
  const isShared = replies.some(
    ({ headers }) =>
      headers['access-control-allow-origin'] === FOREIGN_ORIGIN &&
      headers['access-control-allow-credentials'] === 'true',
  );
  return isShared
    ? fail(`A page of ${FOREIGN_ORIGIN} may call with the visitor’s cookies and read the answer.`)
    : pass('A foreign origin was not told that it may send cookies.');
};

const refusesHost = judgeAnswer('foreign host', (reply, seen) => {
  if (hasResult(reply)) {
    return fail(`A request with Host: ${FOREIGN_HOST} was answered with ${describe(reply)}.`);
  }
  const usual = replyTo(seen.answers, 'initialize')?.status;
  return [400, 403, 404, 421].includes(reply.status) && reply.status !== usual
    ? pass(`It was refused with ${describe(reply)}.`)
    : cannotTell(`It was answered with ${describe(reply)}.`);
});

export const pages: Group = {
  title: 'Pages of other sites',
  requirements: [
    {
      id: 'origin-validated',
      title: 'A foreign Origin is refused with 403',
      level: 'MUST',
      reference: mcp('basic/transports/streamable-http', 'Streamable HTTP, Security'),
      fix: 'Compare Origin with a list of whole texts, and answer 403 to any other, before anything else is done.',
      lesson: '11-transport#compare-origins-as-whole-texts',
      judge: refusesOrigin,
    },
    {
      id: 'cors-known-readers',
      title: 'CORS lets known origins read, and no others',
      level: 'checklist',
      reference: cwe(942, 'Permissive Cross-domain Security Policy with Untrusted Domains'),
      fix: 'Give CORS a list of origins instead of a star or the origin of the request.',
      lesson: '11-transport#what-cors-is-for',
      judge: knowsItsReaders,
    },
    {
      id: 'cors-no-credentials',
      title: 'CORS shares no cookies with strangers',
      level: 'checklist',
      reference: link('Fetch, CORS protocol', 'https://fetch.spec.whatwg.org/#http-cors-protocol'),
      fix: 'Leave Access-Control-Allow-Credentials out; bearer tokens do not need it.',
      lesson: '11-transport#what-cors-is-for',
      judge: sharesNoCredentials,
    },
    {
      id: 'host-validated',
      title: 'A foreign Host is refused',
      level: 'checklist',
      reference: rfc(9110, '7.2'),
      fix: 'Compare the name in Host with the server’s own names, and answer 403 or 421 to any other: DNS rebinding makes a stranger’s page one of your own origin.',
      lesson: '11-transport#the-name-you-were-called-by',
      judge: refusesHost,
    },
  ],
};
