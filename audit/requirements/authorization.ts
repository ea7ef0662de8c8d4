/** What the authorization server does with clients and redirects, on this machine only. */
import { link, rfc } from '../../catalogue/attacks/references.ts';
import { isObject, isSuccess, parse } from '../json-rpc.ts';
import type { Reply } from '../polite-client.ts';
import { addressIn, issuerIn, redirectIn, replyTo, serverMetadata } from '../read-seen.ts';
import {
  cannotTell,
  describe,
  fail,
  isRefusal,
  isUnrelated,
  judgeAnswer,
  mcp,
  pass,
  quote,
  type Group,
  type Judgement,
} from '../requirement.ts';
import { FOREIGN_CALLBACK, FOREIGN_HOST, OWN_CALLBACK, STATE, type Seen } from '../seen.ts';
import { refusesFraming } from './connection.ts';

const refusesRegistration = judgeAnswer('register a foreign redirect', (reply) => {
  const client = parse(reply.body);
  if (isSuccess(reply) && isObject(client) && client.client_id !== undefined) {
    return fail(`A client was registered that gets its codes at ${FOREIGN_CALLBACK}.`);
  }
  return isRefusal(reply) && ![401, 403, 404, 429].includes(reply.status)
    ? pass(`${FOREIGN_CALLBACK} was refused with ${describe(reply)}.`)
    : cannotTell(`It was answered with ${describe(reply)}.`);
});

/** Where an answer of the authorization endpoint sends the browser. */
const redirectOf = (reply: Reply, { answers, url }: Seen): URL | undefined =>
  redirectIn(reply, addressIn(serverMetadata(answers), 'authorization_endpoint') ?? url);

const isOwn = (url: URL): boolean => url.href.startsWith(OWN_CALLBACK);

const redirectsExactly = judgeAnswer('authorize a foreign redirect', (reply, seen) => {
  const target = redirectOf(reply, seen);
  if (target?.hostname === FOREIGN_HOST) {
    return fail('The browser was sent to an address that the client had not registered.');
  }
  return isRefusal(reply) && ![401, 404, 429].includes(reply.status)
    ? pass(`An address that was not registered was refused with ${describe(reply)}.`)
    : cannotTell(`It was answered with ${describe(reply)}; what follows is for a user to see.`);
});

const requiresPkce = judgeAnswer('authorize without pkce', (reply, seen) => {
  const target = redirectOf(reply, seen);
  if (target && isOwn(target)) {
    const error = target.searchParams.get('error');
    if (target.searchParams.has('code')) return fail('A code was issued without PKCE.');
    if (error !== null) return pass(`A request without PKCE was refused: ${quote(error)}.`);
  }
  return isRefusal(reply) && ![401, 404, 429].includes(reply.status)
    ? pass(`A request without PKCE was refused with ${describe(reply)}.`)
    : cannotTell(`It was answered with ${describe(reply)}; what follows is for a user to see.`);
});

/** The first answer that came back to the client; any request of the audit's will do. */
const judgeAnswerToClient =
  (judge: (answer: URLSearchParams, seen: Seen) => Judgement) =>
  (seen: Seen): Judgement => {
    const targets = (['authorize without pkce', 'authorize'] as const).flatMap((probe) => {
      const reply = replyTo(seen.answers, probe);
      return (reply && redirectOf(reply, seen)) ?? [];
    });
    const back = targets.find(
      (target) =>
        isOwn(target) && (target.searchParams.has('error') || target.searchParams.has('code')),
    );
    if (back) return judge(back.searchParams, seen);
    const { authorize } = seen.answers;
    return cannotTell(
      authorize.kind === 'silence' ? authorize.why : 'No answer went back to the client.',
    );
  };

const namesItself = judgeAnswerToClient((answer, { answers }) => {
  const iss = answer.get('iss');
  const metadata = serverMetadata(answers);
  const isOffered = metadata?.authorization_response_iss_parameter_supported === true;
  const issuer = metadata?.issuer ?? issuerIn(answers);
  if (iss === null) {
    return isOffered
      ? fail('The metadata promises iss, and an answer came without.')
      : cannotTell('Neither metadata nor answer have it.');
  }
  if (iss !== issuer) return fail(`iss is ${quote(iss)}, and the issuer is ${quote(issuer)}.`);
  return isOffered
    ? pass('iss is the issuer, as the metadata promises.')
    : fail('An answer has iss, and the metadata does not say so.');
});

const returnsState = judgeAnswerToClient((answer) =>
  answer.get('state') === STATE
    ? pass('state came back as it was sent.')
    : fail(`state came back as ${quote(answer.get('state') ?? '')}.`),
);

const cannotBeFramed = judgeAnswer('authorize', (reply) => {
  const isPage = isSuccess(reply) && /^text\/html\b/i.test(reply.headers['content-type'] ?? '');
  if (!isPage || isUnrelated(reply)) {
    return cannotTell(`The authorization endpoint showed no page: ${describe(reply)}.`);
  }
  return refusesFraming(reply)
    ? pass('The page says that no other site may frame it.')
    : fail('The page may be framed: it has neither frame-ancestors nor X-Frame-Options.');
});

export const authorization: Group = {
  title: 'Clients and redirects',
  requirements: [
    {
      id: 'registered-redirects-safe',
      title: 'No client is registered with plain http elsewhere',
      level: 'MUST',
      reference: mcp(
        'basic/authorization/security-considerations#communication-security',
        'Communication Security',
      ),
      fix: 'Register https, http on loopback, or a private-use scheme, and answer invalid_redirect_uri to the rest.',
      lesson: '02-client-registration#where-codes-may-go',
      judge: refusesRegistration,
    },
    {
      id: 'redirect-exact',
      title: 'Browsers are sent to registered addresses only',
      level: 'MUST',
      reference: mcp(
        'basic/authorization/security-considerations#open-redirection',
        'Open Redirection',
      ),
      fix: 'Compare redirect_uri with the registered ones as whole texts, and show an error of your own otherwise.',
      lesson: '03-pkce#exactly-that-address',
      judge: redirectsExactly,
    },
    {
      id: 'pkce-required',
      title: 'No code without PKCE',
      level: 'MUST',
      reference: link(
        'OAuth 2.1 (draft), Error Response',
        'https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1#section-4.1.2.1',
      ),
      fix: 'Refuse authorization requests without a code_challenge.',
      lesson: '03-pkce#the-proof',
      judge: requiresPkce,
    },
    {
      id: 'issuer-in-answers',
      title: 'iss in answers is what the metadata promises',
      level: 'MUST',
      reference: rfc(9207, '2.3'),
      fix: 'Send the issuer as iss with every answer, and say so in the metadata.',
      lesson: '03-pkce#an-answer-with-a-sender',
      judge: namesItself,
    },
    {
      id: 'state-returned',
      title: 'state comes back unchanged',
      level: 'MUST',
      reference: rfc(6749, '4.1.2.1'),
      fix: 'Return state as it came, in errors as well.',
      lesson: '03-pkce#errors-that-stay-home',
      judge: returnsState,
    },
    {
      id: 'consent-unframed',
      title: 'No site may frame the page that asks for consent',
      level: 'MUST',
      reference: rfc(9700, '4.16'),
      fix: "Send Content-Security-Policy: frame-ancestors 'none' and X-Frame-Options: DENY with the page.",
      lesson: '03-pkce#a-decision-for-each-client',
      judge: cannotBeFramed,
    },
  ],
};
