/** Codes and refresh tokens at instances that have not seen them before. */
import { z } from 'zod';
import { defineAttack, type Attack, type Findings } from '../../../lab/attack.ts';
import { StepFailed, type LabReply, type LabSession } from '../../../lab/protocol.ts';
import {
  changesShape,
  claimsOf,
  fill,
  makeProof,
  needTokens,
  obtainCode,
  CALLBACK,
  redeem,
  refresh,
  registerClient,
  tokensIn,
  wholeFlow,
  type Changes,
} from '../oauth-client.ts';
import { cwe, mcp, rfc } from '../references.ts';
import { complainAboutOAuthError, describeReply } from '../replies.ts';
import { instanceFor, inTurn, raceCheck, whileStoreIs } from './over-instances.ts';

const replay = cwe(294, 'Authentication Bypass by Capture-replay');
const theft = mcp('basic/authorization', 'token-theft', 'Token Theft');
const EVIL_RESOURCE = 'https://billing.example/api';
/** Longer than any grace for an answer that was lost. */
const AFTER_ANY_GRACE_MS = 31_000;

interface Signed {
  clientId: string;
  code: string;
  verifier: string;
  redeemAt: (where: number, changes?: Changes) => Promise<LabReply>;
  refreshAt: (where: number, refreshToken: string, changes?: Changes) => Promise<LabReply>;
}

/** A client with a code from one instance; it may go to any other with it. */
export async function withCode(lab: LabSession, from = 0): Promise<Signed> {
  const instance = instanceFor(lab, from);
  const clientId = await registerClient(instance);
  const { verifier, challenge } = makeProof();
  const code = await obtainCode(instance, clientId, { verifier, challenge });
  return {
    clientId,
    code,
    verifier,
    redeemAt: (where, changes = {}) =>
      redeem(instanceFor(lab, where), clientId, code, verifier, changes),
    refreshAt: (where, refreshToken, changes = {}) =>
      refresh(instanceFor(lab, where), clientId, refreshToken, changes),
  };
}

/** Signed in at one instance. */
async function signedIn(lab: LabSession): Promise<Signed & { refreshToken: string }> {
  const signed = await withCode(lab);
  return { ...signed, refreshToken: needTokens(await signed.redeemAt(0)).refreshToken };
}

/** What an attack found: the attacker got something, or an answer was an error of the server's own. */
function judged(breaches: string[], replies: LabReply[] = []): Findings {
  const broken = replies.filter(({ status }) => status === 0 || status === 500);
  const complaints = broken.map((reply) => `It ran into an error: ${describeReply(reply)}`);
  return { breaches, complaints: complaints.slice(0, 1) };
}

/** Errors that fit a refusal of such a request, at an instance that may not know the client. */
const codesFor = (changes: Changes): string[] => [
  'invalid_grant',
  'invalid_client',
  ...(changes.client_id === null ? ['invalid_request'] : []),
  ...('resource' in changes ? ['invalid_target'] : []),
  ...('scope' in changes ? ['invalid_scope'] : []),
];

/** How many of these refresh tokens go on working, each tried once, long after. */
async function howManyGoOn(
  lab: LabSession,
  { refreshAt }: Signed,
  refreshTokens: Iterable<string>,
): Promise<number> {
  await lab.advance(AFTER_ANY_GRACE_MS);
  let goOn = 0;
  for (const refreshToken of new Set(refreshTokens)) {
    if (tokensIn(await refreshAt(goOn, refreshToken))) goOn++;
  }
  return goOn;
}

const how = z.enum(['at once', 'one after the other']);
type How = z.infer<typeof how>;

export const attacksOnGrants: Attack[] = [
  defineAttack<{ times: number; how: How; pauseMinutes?: number | undefined }>({
    id: 'mi-code-twice',
    title: 'One code at three instances',
    level: 'core',
    story:
      'A code has leaked, and the attacker redeems it at the very moment when the client does, or later, at an instance that the client did not ask. What each instance has marked as used, the others do not know.',
    secureAnswer: 'One success, whoever is asked and when.',
    lessonAnchor: 'used-once-everywhere',
    references: [rfc(6749, '4.1.2'), rfc(9700, '4.5'), raceCheck, replay],
    payload: z.strictObject({
      times: z.int().min(2).max(30),
      how,
      /** Before each but the first, of those that come one after the other. */
      pauseMinutes: z.number().min(0).max(10).optional(),
    }),
    ordinaryUse: wholeFlow,
    variants: {
      'six at once': { times: 6, how: 'at once' },
      'one after the other': { times: 3, how: 'one after the other' },
      'every minute': { times: 10, how: 'one after the other', pauseMinutes: 1.1 },
    },
    async fire({ times, how, pauseMinutes = 0 }, lab) {
      const { redeemAt } = await withCode(lab);
      const requests = Array.from({ length: times }, (_, where) => async () => {
        if (where > 0 && pauseMinutes > 0) await lab.advance(pauseMinutes * 60_000);
        return redeemAt(where);
      });
      const replies =
        how === 'at once'
          ? await lab.store.inRoundsOf(times, () => lab.together(requests))
          : await inTurn(requests);
      const successes = replies.filter((reply) => tokensIn(reply)).length;
      const breaches =
        successes > 1 ? [`One code brought tokens ${successes} times, at several instances.`] : [];
      return judged(breaches, replies);
    },
  }),

  defineAttack<{ from: number; aheadMinutes: number; afterMinutes: number }>({
    id: 'mi-code-too-late',
    title: 'A code by another clock',
    level: 'core',
    story:
      'The code was issued by an instance whose clock is an hour ahead. If that instance wrote down when the code ends, all others honour it for an hour longer; and if an instance is an hour behind, it honours everything an hour longer.',
    secureAnswer: 'Refused. Eleven minutes are eleven minutes; the store knows when they are over.',
    lessonAnchor: 'whose-clock',
    references: [rfc(6749, '4.1.2'), cwe(613, 'Insufficient Session Expiration')],
    payload: z.strictObject({
      from: z.int().min(0).max(2),
      aheadMinutes: z.number().min(0).max(120),
      afterMinutes: z.number().min(10.01).max(120),
    }),
    ordinaryUse: wholeFlow,
    variants: {
      'issued an hour ahead': { from: 1, aheadMinutes: 60, afterMinutes: 11 },
      'right clocks': { from: 0, aheadMinutes: 0, afterMinutes: 11 },
      'two seconds late': { from: 0, aheadMinutes: 0, afterMinutes: 10.03 },
    },
    async fire({ from, aheadMinutes, afterMinutes }, lab) {
      await instanceFor(lab, 1).advance(aheadMinutes * 60_000);
      const { redeemAt } = await withCode(lab, from);
      await lab.advance(afterMinutes * 60_000);
      const reply = await redeemAt(2);
      const breaches = tokensIn(reply)
        ? [`A code brought tokens ${afterMinutes} minutes after it was issued.`]
        : [];
      return judged(breaches, [reply]);
    },
  }),

  defineAttack<{ changes: Changes }>({
    id: 'mi-code-of-others',
    title: 'Somebody else’s code at another instance',
    level: 'core',
    story:
      'The attacker has a code of another client, and goes with it where the client has not been: as a client of their own, at another redirect URI, for another resource.',
    secureAnswer:
      'Refused at every instance: what a code is bound to lies in the store with it, and is compared where it is redeemed.',
    lessonAnchor: 'used-once-everywhere',
    references: [rfc(6749, '4.1.3'), rfc(8707, '2.2'), cwe(863, 'Incorrect Authorization')],
    payload: z.strictObject({ changes: changesShape }),
    ordinaryUse: wholeFlow,
    variants: {
      'another client': { changes: { client_id: '{{other client}}' } },
      'no client': { changes: { client_id: null } },
      'its client in capitals': { changes: { client_id: '{{client in capitals}}' } },
      'another redirect URI': { changes: { redirect_uri: 'http://127.0.0.1:9/other' } },
      'a longer redirect URI': { changes: { redirect_uri: `${CALLBACK}/evil` } },
      'a slash at its end': { changes: { redirect_uri: `${CALLBACK}/` } },
      'another port': { changes: { redirect_uri: CALLBACK.replace(':9/', ':10/') } },
      'no URI': { changes: { redirect_uri: 'callback' } },
      'another resource': { changes: { resource: EVIL_RESOURCE } },
      'a longer resource': { changes: { resource: '{{resource}}2' } },
      'a relative address': { changes: { resource: '/mcp' } },
    },
    async fire({ changes }, lab) {
      const other = await registerClient(instanceFor(lab, 1));
      const { clientId, redeemAt } = await withCode(lab);
      const names = {
        'other client': other,
        'client in capitals': clientId.toUpperCase(),
        resource: lab.config.resource,
      };
      return judgeOthers(await redeemAt(1, fill(changes, names)), changes);
    },
  }),

  defineAttack<{ times: number }>({
    id: 'mi-refresh-at-once',
    title: 'One refresh token at three instances',
    level: 'core',
    story:
      'The client refreshes, and so does whoever copied its token, at the same moment and at another instance. Both get a new token, and from then on there are two lines of them, each in order.',
    secureAnswer:
      'Of all that is given for one token, one line goes on, or none does. Two that do are two owners.',
    lessonAnchor: 'a-family-in-one-record',
    references: [rfc(9700, '4.14.2'), theft, raceCheck],
    payload: z.strictObject({ times: z.int().min(2).max(30) }),
    ordinaryUse: wholeFlow,
    variants: { 'six at once': { times: 6 }, 'thirty at once': { times: 30 } },
    async fire({ times }, lab) {
      const signed = await signedIn(lab);
      const { refreshToken, refreshAt } = signed;
      const requests = Array.from(
        { length: times },
        (_, where) => () => refreshAt(where, refreshToken),
      );
      const replies = await lab.store.inRoundsOf(times, () => lab.together(requests));
      const given = replies.flatMap((reply) => tokensIn(reply)?.refreshToken ?? []);
      if (given.includes(refreshToken)) {
        return judged(['The refresh token that was used is given out again, as it was.'], replies);
      }
      const goOn = await howManyGoOn(lab, signed, given);
      const breaches =
        goOn > 1 ? [`${goOn} different tokens that came of one refresh token go on working.`] : [];
      return judged(breaches, replies);
    },
  }),

  defineAttack<{
    generations: number;
    whileRefreshing?: boolean | undefined;
    daysLater?: number | undefined;
    daysAfter?: number | undefined;
  }>({
    id: 'mi-refresh-reuse',
    title: 'An old refresh token at another instance',
    level: 'core',
    story:
      'The attacker copied a refresh token a while ago. The client has refreshed since, elsewhere. This instance has never seen either of them.',
    secureAnswer:
      'Refused, and at no instance does the newest one work any more: one of the two holders is a thief.',
    lessonAnchor: 'a-family-in-one-record',
    references: [rfc(9700, '4.14.2'), theft, replay],
    payload: z.strictObject({
      generations: z.int().min(1).max(6),
      /** The client refreshes at the same moment, in either order. */
      whileRefreshing: z.boolean().optional(),
      /** The old one comes back so much later, and no family has to live longer than a week. */
      daysLater: z.number().min(0).max(6.5).optional(),
      /** The newest one is tried so much later. */
      daysAfter: z.number().min(0).max(6.5).optional(),
    }),
    ordinaryUse: wholeFlow,
    variants: {
      'one generation': { generations: 1 },
      'three generations': { generations: 3 },
      'while the client refreshes': { generations: 1, whileRefreshing: true },
      'days later': { generations: 1, daysLater: 6 },
      'and days after that': { generations: 1, daysAfter: 6 },
    },
    async fire({ generations, whileRefreshing = false, daysLater = 0, daysAfter = 0 }, lab) {
      if (whileRefreshing) return reuseWhileRefreshing(lab);
      const { refreshToken: first, refreshAt } = await signedIn(lab);
      let newest = first;
      for (let generation = 0; generation < generations; generation++) {
        newest = needTokens(await refreshAt(generation, newest)).refreshToken;
        await lab.advance(AFTER_ANY_GRACE_MS);
      }
      if (daysLater > 0) await lab.advance(daysLater * A_DAY_MS);
      const old = await refreshAt(1, first);
      if (daysAfter > 0) await lab.advance(daysAfter * A_DAY_MS);
      const after = await refreshAt(2, newest);
      const breaches = [
        ...(tokensIn(old) ? ['Another instance took a refresh token that had been replaced.'] : []),
        ...(tokensIn(after)
          ? ['After an old refresh token came back, the newest still works.']
          : []),
      ];
      return judged(breaches, [old, after]);
    },
  }),

  defineAttack<{ changes: Changes }>({
    id: 'mi-refresh-of-others',
    title: 'A refresh token, for more or for others',
    level: 'core',
    story:
      'The attacker goes to an instance that did not issue the token, as another client, for another resource, or for a scope that the user never agreed to.',
    secureAnswer: 'Refused, or answered with what was granted and no more, at every instance.',
    lessonAnchor: 'a-family-in-one-record',
    references: [rfc(6749, '6'), rfc(8707, '2.2'), cwe(269, 'Improper Privilege Management')],
    payload: z.strictObject({ changes: changesShape }),
    ordinaryUse: wholeFlow,
    variants: {
      'another client': { changes: { client_id: '{{other client}}' } },
      'no client': { changes: { client_id: null } },
      'its client in capitals': { changes: { client_id: '{{client in capitals}}' } },
      'the admin scope': { changes: { scope: 'weather:read weather:admin' } },
      'only the admin scope': { changes: { scope: 'weather:admin' } },
      'another resource': { changes: { resource: EVIL_RESOURCE } },
      'a longer resource': { changes: { resource: '{{resource}}2' } },
      'a relative address': { changes: { resource: '/mcp' } },
    },
    async fire({ changes }, lab) {
      const other = await registerClient(instanceFor(lab, 1));
      const { clientId, refreshToken, refreshAt } = await signedIn(lab);
      const names = {
        'other client': other,
        'client in capitals': clientId.toUpperCase(),
        resource: lab.config.resource,
      };
      const reply = await refreshAt(1, refreshToken, fill(changes, names));
      const claims = claimsOf(tokensIn(reply)?.accessToken ?? '');
      // Less than was asked for may be given (RFC 6749 §5.1), if it is no more than was granted.
      const isHarmless =
        changes.scope !== undefined && !String(claims?.scope).split(' ').includes('weather:admin');
      return claims && isHarmless ? { breaches: [], complaints: [] } : judgeOthers(reply, changes);
    },
  }),

  defineAttack<{ atSeconds: number[]; aheadMinutes: number }>({
    id: 'mi-refresh-grace',
    title: 'Knocking at every instance',
    level: 'core',
    story:
      'A token that was used a moment ago is answered once more at some servers, because an answer may have been lost. The attacker has a copy and knocks every few seconds, at one instance after the other, so that the moment never ends; or they wait where a clock is ahead, and the moment lasts an hour.',
    secureAnswer:
      'Half a minute after it was used, by the store’s clock, an old token brings nothing, however often it came before.',
    lessonAnchor: 'a-family-in-one-record',
    references: [rfc(9700, '4.14.2'), theft, replay],
    payload: z.strictObject({
      atSeconds: z.array(z.number().min(0).max(3_600)).min(1).max(20),
      aheadMinutes: z.number().min(0).max(120),
    }),
    ordinaryUse: wholeFlow,
    variants: {
      'every eight seconds': { atSeconds: [8, 16, 24, 31, 39, 47], aheadMinutes: 0 },
      'half a minute later': { atSeconds: [31], aheadMinutes: 0 },
      'used where the clock is ahead': { atSeconds: [120], aheadMinutes: 60 },
    },
    async fire({ atSeconds, aheadMinutes }, lab) {
      await instanceFor(lab, 1).advance(aheadMinutes * 60_000);
      const { refreshToken, refreshAt } = await signedIn(lab);
      needTokens(await refreshAt(1, refreshToken));
      const replies: LabReply[] = [];
      let breaches: string[] = [];
      let passed = 0;
      for (const at of atSeconds) {
        await lab.advance((at - passed) * 1_000);
        passed = at;
        const reply = await refreshAt(replies.length * 2, refreshToken);
        replies.push(reply);
        if (tokensIn(reply) && passed * 1_000 >= AFTER_ANY_GRACE_MS) {
          breaches = [`${passed} seconds after its use, a refresh token brought tokens.`];
        }
      }
      return judged(breaches, replies);
    },
  }),

  defineAttack<{ code: 'fresh' | 'used' }>({
    id: 'mi-code-from-history',
    title: 'A code from a browser’s history',
    level: 'core',
    story:
      'Codes are in addresses, and stay in histories and logs. The attacker has one, and no verifier, and shows it as a refresh token, for which nobody asks for a verifier.',
    secureAnswer:
      'Refused, and nothing happens to whoever signed in with it. What names a family is known to holders of its refresh tokens only.',
    lessonAnchor: 'a-family-in-one-record',
    references: [rfc(6749, '5.2'), cwe(863, 'Incorrect Authorization'), replay],
    payload: z.strictObject({ code: z.enum(['fresh', 'used']) }),
    ordinaryUse: wholeFlow,
    variants: {
      'a fresh one, as a refresh token': { code: 'fresh' },
      'a used one, as a refresh token': { code: 'used' },
    },
    async fire({ code }, lab) {
      const signed = await withCode(lab);
      const refreshToken =
        code === 'used' ? needTokens(await signed.redeemAt(1)).refreshToken : undefined;
      if (refreshToken !== undefined) await lab.advance(AFTER_ANY_GRACE_MS);
      const reply = await signed.refreshAt(2, signed.code);
      if (tokensIn(reply)) return judged([`A ${code} code brought tokens as a refresh token.`]);
      const after =
        refreshToken === undefined ? undefined : await signed.refreshAt(0, refreshToken);
      if (after && !tokensIn(after)) {
        return judged([
          'Somebody with a used code, shown as a refresh token, ended what came of it.',
        ]);
      }
      const complaints = complainAboutOAuthError(reply, ['invalid_grant', 'invalid_client']);
      return { breaches: [], complaints };
    },
  }),

  defineAttack<{ condition: 'away' | 'silent' | 'losing answers' | 'full' }>({
    id: 'mi-grants-without-store',
    title: 'While nobody knows what was used',
    level: 'core',
    story:
      'The store is away, or full, or does what it is told and its answers get lost. The attacker has a code and a refresh token that were used already, and goes to the instance that issued them, which still remembers; and a code that was not used, for as often as it is taken until somebody can write down that it was.',
    secureAnswer:
      'No tokens for what was used, and tokens once at most for what was not, then or later. That nobody gets any, and the user signs in anew, is fine.',
    lessonAnchor: 'a-store-that-is-away',
    references: [
      cwe(636, 'Not Failing Securely (Failing Open)'),
      cwe(703, 'Improper Check or Handling of Exceptional Conditions'),
      replay,
    ],
    payload: z.strictObject({ condition: z.enum(['away', 'silent', 'losing answers', 'full']) }),
    ordinaryUse: wholeFlow,
    variants: {
      'it is away': { condition: 'away' },
      'it is silent': { condition: 'silent' },
      'its answers get lost': { condition: 'losing answers' },
      'it is full': { condition: 'full' },
    },
    async fire({ condition }, lab) {
      const used = await withCode(lab);
      const { refreshToken } = needTokens(await used.redeemAt(1));
      needTokens(await used.refreshAt(2, refreshToken));
      const unused = await withCode(lab);
      await lab.advance(AFTER_ANY_GRACE_MS);
      const again = [
        () => used.redeemAt(0),
        () => used.refreshAt(0, refreshToken),
        () => used.refreshAt(1, refreshToken),
      ];
      const first = [0, 0].map((where) => () => unused.redeemAt(where));
      const live = await signedIn(lab);
      const refreshes = [0, 1].map((where) => () => live.refreshAt(where, live.refreshToken));
      const all = await whileStoreIs(lab, condition, [...again, ...first, ...refreshes]);
      const replies = all.slice(0, again.length + first.length);
      const later = await inTurn([0, 1, 2].map((where) => () => unused.redeemAt(where)));
      const hasTokens = (reply: LabReply): boolean => tokensIn(reply) !== undefined;
      const refreshed = all.slice(replies.length).filter(hasTokens).length;
      await lab.advance(AFTER_ANY_GRACE_MS);
      const isUnusedLater = hasTokens(await live.refreshAt(2, live.refreshToken));
      const ofUsed = replies.slice(0, again.length).filter(hasTokens).length;
      const ofUnused = [...replies.slice(again.length), ...later].filter(hasTokens).length;
      return judged([
        ...(ofUsed > 0
          ? ['Tokens were given for what was used, when the store could not say.']
          : []),
        ...(refreshed > 0 && isUnusedLater
          ? ['A refresh token brought tokens during an outage, and again long after it.']
          : []),
        ...(ofUnused > 1 ? [`One code brought tokens ${ofUnused} times, around an outage.`] : []),
      ]);
    },
  }),

  defineAttack<{ what: 'code' | 'refresh token' }>({
    id: 'mi-memory-lost',
    title: 'After the store has forgotten',
    level: 'core',
    story:
      'The store was restarted, and has no memory on a disk. If it kept only what has been used, everything that was ever issued is unused again.',
    secureAnswer: 'Refused: what the store does not know is not valid. Everybody signs in anew.',
    lessonAnchor: 'a-store-that-has-forgotten',
    references: [replay, rfc(9700, '4.14.2')],
    payload: z.strictObject({ what: z.enum(['code', 'refresh token']) }),
    ordinaryUse: wholeFlow,
    variants: { 'a used code': { what: 'code' }, 'a used token': { what: 'refresh token' } },
    async fire({ what }, lab) {
      const { redeemAt, refreshAt } = await withCode(lab);
      const { refreshToken } = needTokens(await redeemAt(1));
      needTokens(await refreshAt(2, refreshToken));
      await lab.store.forget();
      const replies = await inTurn(
        [0, 1, 2].map(
          (where) => () => (what === 'code' ? redeemAt(where) : refreshAt(where, refreshToken)),
        ),
      );
      const given = replies.filter((reply) => tokensIn(reply));
      const breaches =
        given.length > 0 ? [`A used ${what} worked again, once the store had forgotten.`] : [];
      return judged(breaches, replies);
    },
  }),

  defineAttack<{ shortestWord: number; refreshes: number; what: 'refresh token' | 'code' }>({
    id: 'mi-store-is-read',
    title: 'Somebody reads the store',
    level: 'core',
    story:
      'A snapshot of the store, its replication stream, or a colleague with the command line: what lies there is read by people who sign nobody in. The attacker takes every word they find and presents it as a refresh token, or as a code.',
    secureAnswer: 'Nothing in the store can be used: it has hashes of what clients hold.',
    lessonAnchor: 'what-lies-in-the-store',
    references: [cwe(312, 'Cleartext Storage of Sensitive Information'), rfc(6819, '5.1.4.1.3')],
    payload: z.strictObject({
      shortestWord: z.int().min(4).max(200),
      /** How often the client has refreshed before. */
      refreshes: z.int().min(0).max(5),
      what: z.enum(['refresh token', 'code']),
    }),
    ordinaryUse: wholeFlow,
    variants: {
      'every long word': { shortestWord: 16, refreshes: 0, what: 'refresh token' },
      'after two refreshes': { shortestWord: 16, refreshes: 2, what: 'refresh token' },
      'as a code': { shortestWord: 16, refreshes: 0, what: 'code' },
    },
    async fire({ shortestWord, refreshes, what }, lab) {
      const signed = what === 'code' ? await withCode(lab) : await signedIn(lab);
      const { clientId, code, verifier, refreshAt } = signed;
      let secret = 'refreshToken' in signed ? String(signed.refreshToken) : code;
      for (let refreshed = 0; refreshed < refreshes; refreshed++) {
        secret = needTokens(await refreshAt(refreshed, secret)).refreshToken;
      }
      const contents = await lab.store.contents();
      const words = new Set(
        contents.flatMap(wordsIn).filter(({ length }) => length >= shortestWord),
      );
      // Whoever finds its parts puts them together.
      const parts = secret.split(/[^\w-]/).filter(({ length }) => length >= shortestWord);
      const isThere = (part: string): boolean => contents.some((text) => text.includes(part));
      if (parts.length > 0 && parts.every(isThere)) words.add(secret);
      if (words.size > MOST_WORDS)
        throw new StepFailed('More lies in the store than can be tried.');
      const replies: LabReply[] = [];
      for (const word of words) {
        replies.push(
          what === 'code'
            ? await redeem(instanceFor(lab, 1), clientId, word, verifier)
            : await refresh(instanceFor(lab, 1), clientId, word, {}, 'a word of the store'),
        );
      }
      const given = replies.filter((reply) => tokensIn(reply));
      const breaches =
        given.length > 0 ? [`A text that lies in the store was taken as a ${what}.`] : [];
      return judged(breaches, replies);
    },
  }),
];

const A_DAY_MS = 24 * 3_600_000;

/** Nothing is given to a request that is not its client’s, or has no grant; and the client is told why. */
function judgeOthers(reply: LabReply, changes: Changes): Findings {
  return tokensIn(reply)
    ? judged([`Another instance gave tokens to a request with ${JSON.stringify(changes)}.`])
    : { breaches: [], complaints: complainAboutOAuthError(reply, codesFor(changes)) };
}

/**
 * An old token and the good one at the same moment, once with the client first and once with the thief:
 * whoever of the two is quicker at the store, an old one has come back.
 */
async function reuseWhileRefreshing(lab: LabSession): Promise<Findings> {
  for (const lastFirst of [false, true]) {
    const signed = await signedIn(lab);
    const { refreshToken: old, refreshAt } = signed;
    const good = needTokens(await refreshAt(0, old)).refreshToken;
    await lab.advance(AFTER_ANY_GRACE_MS);
    const both = [() => refreshAt(0, good), () => refreshAt(1, old)];
    const replies = await lab.store.inRoundsOf(2, () => lab.together(both), { lastFirst });
    const given = replies.flatMap((reply) => tokensIn(reply)?.refreshToken ?? []);
    if ((await howManyGoOn(lab, signed, [...given, good])) > 0) {
      return judged(
        ['An old refresh token came back while the client refreshed, and its family goes on.'],
        replies,
      );
    }
  }
  return judged([]);
}

const MOST_WORDS = 500;

const wordsIn = (text: string): string[] => text.match(/[\w.~+/=-]+/g) ?? [];
