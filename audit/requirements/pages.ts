/** What pages of other sites may do through their visitors' browsers. */
import { cwe, link, rfc } from '../../catalogue/attacks/references.ts';
import type { Reply } from '../polite-client.ts';
import {
  challengeIn,
  hasResult,
  isAnsweredIn,
  isOpen,
  replyTo,
  usualStatus,
  versionOf,
} from '../read-seen.ts';
import {
  cannotTell,
  describe,
  fail,
  isRefusal,
  isUnrelated,
  judgeEach,
  mcp,
  pass,
  type Group,
  type Judgement,
} from '../requirement.ts';
import { FOREIGN_HOST, FOREIGN_ORIGIN, type Era, type Seen } from '../seen.ts';

const refusesOrigin = (seen: Seen): Judgement => {
  const judged = judgeEach('foreign origin', (reply, _seen, era) =>
    judgeOrigin(reply, FOREIGN_ORIGIN, seen, era),
  )(seen);
  const nobody = replyTo(seen.answers, 'null origin');
  // That of a sandboxed frame, whoever it is from.
  return judged.state === 'pass' && nobody && hasResult(nobody)
    ? fail(`A request with Origin: null was answered with ${describe(nobody)}.`)
    : judged;
};

function judgeOrigin(reply: Reply, origin: string, seen: Seen, era: Era): Judgement {
  if (hasResult(reply)) {
    return fail(`A request with Origin: ${origin} was answered with ${describe(reply)}.`);
  }
  const isRight = isAnsweredIn(era, seen);
  if (reply.status === 403 && (isRight || usualStatus(era, seen) === 401)) {
    return pass('It was refused with HTTP 403.');
  }
  if (reply.status === 401) {
    return cannotTell('It was refused for want of a token, which says nothing about Origin.');
  }
  const isOtherRefusal = isRefusal(reply) && reply.status !== 403 && !isUnrelated(reply);
  if (!isOtherRefusal || !isRight) return cannotTell(`It was answered with ${describe(reply)}.`);
  return versionOf(era, seen) < '2025-11-25'
    ? pass(`It was refused with ${describe(reply)}.`)
    : fail(`It was refused with ${describe(reply)}; the answer has to be 403.`);
}

/** Answers that a page of another site might want to read. */
const strangers = ({ answers }: Seen): Reply[] =>
  (['preflight', 'modern foreign origin', 'legacy foreign origin'] as const).flatMap(
    (probe) => replyTo(answers, probe) ?? [],
  );

const knowsItsReaders = (seen: Seen): Judgement => {
  const { preflight } = seen.answers;
  if (preflight.kind === 'silence') return cannotTell(preflight.why);
  const posted = strangers(seen).filter((reply) => reply !== preflight);
  if (posted.length === 0) return cannotTell('There was no answer.');
  const allowOf = ({ headers }: Reply) => headers['access-control-allow-origin'];
  const allowed = strangers(seen).map(allowOf);
  if (allowed.includes(FOREIGN_ORIGIN)) {
    return fail(`Access-Control-Allow-Origin repeats whatever origin asks: ${FOREIGN_ORIGIN}.`);
  }
  if (!allowed.includes('*')) return pass('A foreign origin was not allowed to read.');
  // A page that has the user's token needs no browser to read with it; cookies do not go with a star.
  if (!isOpen(seen.answers) && challengeIn(seen.answers)) {
    return pass('Every page may read, and without a token there is nothing to read.');
  }
  return posted.some((reply) => allowOf(reply) === '*' && hasResult(reply))
    ? fail('Every page may read the answers: Access-Control-Allow-Origin: *.')
    : cannotTell('Access-Control-Allow-Origin was *, on what was no success.');
};

const sharesNoCredentials = (seen: Seen): Judgement => {
  const replies = strangers(seen);
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

const refusesHost = judgeEach('foreign host', (reply, seen, era) => {
  if (hasResult(reply)) {
    return fail(`A request with Host: ${FOREIGN_HOST} was answered with ${describe(reply)}.`);
  }
  return [400, 403, 404, 421].includes(reply.status) && reply.status !== usualStatus(era, seen)
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
