/** What the authorization server does with clients and redirects, on this machine only. */
import { link, rfc } from '../../catalogue/attacks/references.ts';
import { parseJson } from '../../shared/parse-json.ts';
import { isObject, isSuccess } from '../json-rpc.ts';
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

const isClient = (reply: Reply | undefined): boolean => {
  const client = reply && isSuccess(reply) ? parseJson(reply.body) : undefined;
  return isObject(client) && client.client_id !== undefined;
};

/** Where an ordinary client is refused as well, or for another reason, the question missed. */
const refusesRegistration = judgeAnswer('register a foreign redirect', (reply, { answers }) => {
  if (isClient(reply)) {
    return fail(`A client was registered that gets its codes at ${FOREIGN_CALLBACK}.`);
  }
  const refused = parseJson(reply.body);
  const isForRedirect = isObject(refused) && refused.error === 'invalid_redirect_uri';
  const isOfRedirect = isForRedirect || isClient(replyTo(answers, 'register'));
  return isRefusal(reply) && isOfRedirect && ![401, 403, 404, 429].includes(reply.status)
    ? pass(`${FOREIGN_CALLBACK} was refused with ${describe(reply)}.`)
    : cannotTell(`It was answered with ${describe(reply)}.`);
});

/** Where an answer of the authorization endpoint sends the browser. */
const redirectOf = (reply: Reply, { answers, url }: Seen): URL | undefined =>
  redirectIn(reply, addressIn(serverMetadata(answers), 'authorization_endpoint') ?? url);

const isOwn = (url: URL): boolean => url.href.startsWith(OWN_CALLBACK);

/** A page of the authorization server's own that says what is wrong. */
function isErrorPage(target: URL, { answers }: Seen): boolean {
  const endpoint = addressIn(serverMetadata(answers), 'authorization_endpoint');
  const says = target.searchParams.has('error') || /error/i.test(target.pathname);
  return target.origin === endpoint?.origin && !isOwn(target) && says;
}

/** What became of a request for a code that differs from the ordinary one in one thing. */
function isRefusedForThat(reply: Reply, seen: Seen): boolean {
  const ordinary = replyTo(seen.answers, 'authorize');
  const [target, usual] = [reply, ordinary].map((one) => one && redirectOf(one, seen));
  if (target) {
    const error = target.searchParams.get('error');
    const isSame = usual !== undefined && error === usual.searchParams.get('error');
    return !isSame && (isErrorPage(target, seen) || (isOwn(target) && error !== null));
  }
  const isOrdinary = ordinary?.status === reply.status;
  return isRefusal(reply) && !isOrdinary && ![401, 404, 429].includes(reply.status);
}

const redirectsExactly = judgeAnswer('authorize a foreign redirect', (reply, seen) => {
  const target = redirectOf(reply, seen);
  if (target?.hostname === FOREIGN_HOST) {
    return fail('The browser was sent to an address that the client had not registered.');
  }
  return isRefusedForThat(reply, seen)
    ? pass(`An address that was not registered was refused with ${describe(reply)}.`)
    : cannotTell(`It was answered with ${describe(reply)}; what follows is for a user to see.`);
});

const requiresPkce = judgeAnswer('authorize without pkce', (reply, seen) => {
  const target = redirectOf(reply, seen);
  if (target && isOwn(target) && target.searchParams.has('code')) {
    return fail('A code was issued without PKCE.');
  }
  if (isRefusedForThat(reply, seen)) {
    const error = target?.searchParams.get('error') ?? undefined;
    const how = error === undefined ? describe(reply) : quote(error);
    return pass(`A request without PKCE was refused with ${how}.`);
  }
  const ordinary = replyTo(seen.answers, 'authorize');
  return ordinary && isSameForm(reply, ordinary)
    ? fail('A request without PKCE was shown the page that asks the user for consent.')
    : cannotTell(`It was answered with ${describe(reply)}; what follows is for a user to see.`);
});

/** Names of the fields of a page, with which it will be sent; a page that asks who one is comes first. */
function isSameForm(one: Reply, other: Reply): boolean {
  const [mine, usual] = [one, other].map((reply) =>
    isSuccess(reply) && /^text\/html\b/i.test(reply.headers['content-type'] ?? '')
      ? [...reply.body.matchAll(/<(?:input|button|select)\b[^>]{0,500}/gi)].map(([tag]) => tag)
      : [],
  );
  const asksWho = usual?.some((tag) => /type\s*=\s*["']?password/i.test(tag));
  const names = (tags: string[] = []): string =>
    tags
      .map((tag) => /\bname\s*=\s*["']?([\w.:-]+)/i.exec(tag)?.[1] ?? '')
      .filter((name) => !name.startsWith('code_challenge'))
      .join(' ');
  return mine?.length !== 0 && !asksWho && names(mine) === names(usual);
}

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
  isOfOAuth: true,
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
