/** Attacks on the token endpoint: codes and refresh tokens in the wrong hands, or used again. */
import { z } from 'zod';
import {
  defineAttack,
  type Attack,
  type Findings,
  type LegitimateUse,
  type TopicCatalogue,
} from '../../../lab/attack.ts';
import type { Answer, LabSession, LabReply } from '../../../lab/protocol.ts';
import {
  CALLBACK,
  changesShape,
  claimsOf,
  fill,
  judgeNoTokens,
  makeProof,
  needTokens,
  obtainCode,
  redeem,
  refresh,
  registerClient,
  signIn,
  tokensIn,
  wholeFlow,
  type Changes,
} from '../oauth-client.ts';
import { cwe, link, mcp, rfc } from '../references.ts';
import { complainAboutOAuthError, describeReply, PARIS, succeeded } from '../replies.ts';

const oauth21 = (section: string) =>
  link(
    `OAuth 2.1 (draft) §${section}`,
    `https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1#section-${section}`,
  );
const theft = mcp('basic/authorization', 'token-theft', 'Token Theft');
const EVIL_RESOURCE = 'https://billing.example/api';

const attacks: Attack[] = [
  defineAttack<{ times: number; atOnce: boolean | 'within one tick' }>({
    id: 'code-replay',
    title: 'The same code again',
    level: 'core',
    story:
      'A code travels through the browser, and so through histories, logs and extensions. The attacker redeems one a second time, later, or at the very moment when the client does, so that both requests find it unused.',
    secureAnswer:
      'One success. Every other attempt gets 400 `invalid_grant`, also if it arrives at the same time.',
    lessonAnchor: 'once',
    references: [
      rfc(6749, '4.1.2'),
      oauth21('4.1.3'),
      rfc(9700, '4.5'),
      cwe(294, 'Authentication Bypass by Capture-replay'),
      cwe(367, 'Time-of-check Time-of-use Race Condition'),
    ],
    payload: z.strictObject({
      times: z.number().int().min(2).max(50),
      atOnce: z.union([z.boolean(), z.literal('within one tick')]),
    }),
    ordinaryUse: wholeFlow,
    variants: {
      'one after the other': { times: 3, atOnce: false },
      'twenty at once': { times: 20, atOnce: true },
      'twenty within one tick': { times: 20, atOnce: 'within one tick' },
    },
    async fire({ times, atOnce }, lab) {
      if (atOnce === 'within one tick') return redeemWithinOneTick(lab, times);
      const clientId = await registerClient(lab);
      const proof = makeProof();
      const code = await obtainCode(lab, clientId, proof);
      const again = () => redeem(lab, clientId, code, proof.verifier);
      const replies = atOnce
        ? await lab.together(Array.from({ length: times }, () => again))
        : await inTurn(times, again);
      const successes = replies.filter((reply) => tokensIn(reply));
      if (successes.length > 1) {
        return {
          breaches: [`The server gave tokens for one code ${successes.length} times.`],
          complaints: [],
        };
      }
      const refused = replies.filter((reply) => !tokensIn(reply));
      const complaints = refused.flatMap((reply) =>
        complainAboutOAuthError(reply, ['invalid_grant']),
      );
      if (successes.length === 0) complaints.push('The client itself got no token either.');
      return { breaches: [], complaints: complaints.slice(0, 1) };
    },
  }),

  defineAttack<{ redeemAgainAfterSeconds: number }>({
    id: 'code-replay-aftermath',
    title: 'What came of a code that came back',
    level: 'stretch',
    story:
      'Somebody redeemed a code, and then it is redeemed again, verifier and all. One of the two is not the client. The tokens that the first redemption brought may be the attacker’s.',
    secureAnswer:
      'The second attempt is refused, and the refresh token of the first has ended: the server should revoke what came of a code that is used twice.',
    lessonAnchor: 'once',
    references: [rfc(6749, '4.1.2'), oauth21('4.1.3'), rfc(9700, '4.5')],
    payload: z.strictObject({ redeemAgainAfterSeconds: z.number().min(0).max(30) }),
    ordinaryUse: wholeFlow,
    variants: { 'at once': { redeemAgainAfterSeconds: 0 } },
    async fire({ redeemAgainAfterSeconds }, lab) {
      const clientId = await registerClient(lab);
      const proof = makeProof();
      const code = await obtainCode(lab, clientId, proof);
      const { refreshToken } = needTokens(await redeem(lab, clientId, code, proof.verifier));
      if (redeemAgainAfterSeconds > 0) await lab.advance(redeemAgainAfterSeconds * 1000);
      await redeem(lab, clientId, code, proof.verifier);
      const after = await refresh(lab, clientId, refreshToken, {}, 'the refresh token of the code');
      return judgeNoTokens(after, 'for what came of a code that was used twice', ['invalid_grant']);
    },
  }),

  defineAttack<{ changes: Changes; waitMinutes: number }>({
    id: 'code-other-client',
    title: 'A code of somebody else',
    level: 'core',
    story:
      'The attacker has a code, and even the verifier, because the client that asked for it is careless or dishonest. They redeem it as a client of their own, at another redirect URI, for another resource, or a good while later.',
    secureAnswer:
      '400 `invalid_grant` (`invalid_target` for the resource). A code is for the client that asked, where it asked, for what it asked, and not for long.',
    lessonAnchor: 'bound-to-its-request',
    references: [
      rfc(6749, '4.1.3'),
      rfc(6749, '5.2'),
      oauth21('4.1.3'),
      cwe(863, 'Incorrect Authorization'),
    ],
    payload: z.strictObject({ changes: changesShape, waitMinutes: z.number().min(0).max(1000) }),
    ordinaryUse: wholeFlow,
    variants: {
      'another client': { changes: { client_id: '{{other client}}' }, waitMinutes: 0 },
      'no client': { changes: { client_id: null }, waitMinutes: 0 },
      'unknown client': { changes: { client_id: 'no-such-client' }, waitMinutes: 0 },
      'another redirect URI': {
        changes: { redirect_uri: 'http://127.0.0.1:9/other' },
        waitMinutes: 0,
      },
      'a longer redirect URI': { changes: { redirect_uri: `${CALLBACK}/evil` }, waitMinutes: 0 },
      'another port': {
        changes: { redirect_uri: CALLBACK.replace(':9/', ':10/') },
        waitMinutes: 0,
      },
      'another resource': { changes: { resource: EVIL_RESOURCE }, waitMinutes: 0 },
      'eleven minutes later': { changes: {}, waitMinutes: 11 },
    },
    async fire({ changes, waitMinutes }, lab) {
      const clientId = await registerClient(lab);
      const other = await registerClient(lab);
      const proof = makeProof();
      const code = await obtainCode(lab, clientId, proof);
      if (waitMinutes > 0) await lab.advance(waitMinutes * 60_000);
      const changed = fill(changes, { 'other client': other });
      const reply = await redeem(lab, clientId, code, proof.verifier, changed);
      const codes = ['invalid_grant'];
      if (changes.resource !== undefined) codes.push('invalid_target');
      if (changes.client_id !== undefined) codes.push('invalid_client');
      if (changes.client_id === null) codes.push('invalid_request');
      const how =
        waitMinutes > 0
          ? `for a code that is ${waitMinutes} minutes old`
          : `to a request with ${JSON.stringify(changed)}`;
      return judgeNoTokens(reply, how, codes);
    },
  }),

  defineAttack<{ present: 'code' | 'refresh token' }>({
    id: 'grant-confusion',
    title: 'A code that is no code',
    level: 'core',
    story:
      'Codes and refresh tokens are both random strings, and one store may hold them all. The attacker has read a code on its way, and presents it as a refresh token: for that no verifier is asked, and no redirect URI compared. Or they present a refresh token as a code.',
    secureAnswer: '400 `invalid_grant`. Each kind of grant is good for its own grant type only.',
    lessonAnchor: 'bound-to-its-request',
    references: [rfc(6749, '5.2'), rfc(8725, '3.12'), cwe(863, 'Incorrect Authorization')],
    payload: z.strictObject({ present: z.enum(['code', 'refresh token']) }),
    ordinaryUse: wholeFlow,
    variants: {
      'a code as a refresh token': { present: 'code' },
      'a refresh token as a code': { present: 'refresh token' },
    },
    async fire({ present }, lab) {
      if (present === 'code') {
        const clientId = await registerClient(lab);
        const code = await obtainCode(lab, clientId, makeProof());
        const reply = await refresh(lab, clientId, code);
        return judgeNoTokens(reply, 'for a code that was shown as a refresh token', [
          'invalid_grant',
        ]);
      }
      const clientId = await registerClient(lab);
      const proof = makeProof();
      const code = await obtainCode(lab, clientId, proof);
      const { refreshToken } = needTokens(await redeem(lab, clientId, code, proof.verifier));
      const reply = await redeem(lab, clientId, refreshToken, proof.verifier);
      return judgeNoTokens(reply, 'for a refresh token that was shown as a code', [
        'invalid_grant',
      ]);
    },
  }),

  defineAttack<{ resource: string }>({
    id: 'resource-indicator',
    title: 'A token for next door',
    level: 'core',
    story:
      'The user agreed to the weather. The attacker asks the authorization server for a token that names another service as its audience, and hopes that it writes down whatever it is asked for. With that token they go next door, in the user’s name.',
    secureAnswer:
      '`invalid_target`. The audience of a token is the resource the user agreed to, and one that this server issues tokens for.',
    lessonAnchor: 'for-one-resource',
    references: [
      rfc(8707, '2'),
      rfc(8707, '2.2'),
      mcp('basic/authorization', 'resource-parameter-implementation', 'Resource Parameter'),
      cwe(863, 'Incorrect Authorization'),
    ],
    payload: z.strictObject({ resource: z.string() }),
    ordinaryUse: wholeFlow,
    variants: {
      'another service': { resource: EVIL_RESOURCE },
      'a longer address': { resource: '{{resource}}2' },
      'a relative address': { resource: '/mcp' },
      'with a fragment': { resource: '{{resource}}#admin' },
    },
    async fire({ resource }, lab) {
      const wanted = resource.replaceAll('{{resource}}', lab.config.resource);
      const clientId = await registerClient(lab);
      const proof = makeProof();
      const code = await obtainCode(lab, clientId, proof);
      const reply = await redeem(lab, clientId, code, proof.verifier, { resource: wanted });
      const tokens = tokensIn(reply);
      if (tokens) {
        const audience = claimsOf(tokens.accessToken)?.aud;
        const isOurs = JSON.stringify(audience) === JSON.stringify(lab.config.resource);
        return isOurs
          ? {
              breaches: [],
              complaints: [
                `A token for ${wanted} was asked for, and one for this server given; invalid_target says so.`,
              ],
            }
          : {
              breaches: [`The server issued a token for ${JSON.stringify(audience)}.`],
              complaints: [],
            };
      }
      return judgeNoTokens(reply, `for ${wanted}`, ['invalid_target', 'invalid_grant']);
    },
  }),

  defineAttack<{
    generations: number;
    pauseMinutes: number;
    lastPauseMinutes?: number | undefined;
    atOnce: number;
    withinOneTick?: boolean | undefined;
  }>({
    id: 'refresh-reuse',
    title: 'An old refresh token',
    level: 'core',
    story:
      'A refresh token is a long-lived secret on somebody’s laptop. The attacker copied one some time ago and presents it now, after the client has used it; or both use it at the same moment. Only the server can notice, because only it sees the same token twice.',
    secureAnswer:
      '400 `invalid_grant` for the old one, and the newest is dead from then on as well: one of the two holders is a thief, and nobody can say which.',
    lessonAnchor: 'the-family',
    references: [
      rfc(9700, '4.14.2'),
      oauth21('4.3.1'),
      theft,
      cwe(294, 'Authentication Bypass by Capture-replay'),
    ],
    payload: z.strictObject({
      /** How often the client has refreshed before the first token comes back. */
      generations: z.number().int().min(1).max(10),
      /** How long after each refresh. */
      pauseMinutes: z.number().min(0).max(240),
      /** After the last one, if not the same. */
      lastPauseMinutes: z.number().min(0).max(240).optional(),
      /** Requests with the same token at the same time, instead. */
      atOnce: z.number().int().min(0).max(50),
      /** The store itself is asked, so that no time lies between the requests. */
      withinOneTick: z.boolean().optional(),
    }),
    ordinaryUse: wholeFlow,
    variants: {
      // A minute is longer than any grace for an answer that was lost.
      'one generation, a minute later': { generations: 1, pauseMinutes: 1, atOnce: 0 },
      'two generations, just after the second': {
        generations: 2,
        pauseMinutes: 1,
        lastPauseMinutes: 0,
        atOnce: 0,
      },
      'four hours old': { generations: 4, pauseMinutes: 60, atOnce: 0 },
      'ten at once': { generations: 1, pauseMinutes: 0, atOnce: 10 },
      'twenty within one tick': {
        generations: 1,
        pauseMinutes: 0,
        atOnce: 20,
        withinOneTick: true,
      },
    },
    async fire(
      { generations, pauseMinutes, lastPauseMinutes = pauseMinutes, atOnce, withinOneTick },
      lab,
    ) {
      if (withinOneTick) return rotateWithinOneTick(lab, atOnce);
      const { clientId, tokens } = await signIn(lab);
      if (atOnce > 0) return refreshAtOnce(lab, clientId, tokens.refreshToken, atOnce);
      const first = tokens.refreshToken;
      let newest = first;
      for (let generation = 0; generation < generations; generation++) {
        newest = needTokens(await refresh(lab, clientId, newest)).refreshToken;
        const pause = generation === generations - 1 ? lastPauseMinutes : pauseMinutes;
        if (pause > 0) await lab.advance(pause * 60_000);
      }
      const old = await refresh(lab, clientId, first, {}, 'the first refresh token again');
      const breaches: string[] = [];
      if (tokensIn(old)) {
        breaches.push('The server took a refresh token that had been replaced long ago.');
      }
      const after = await refresh(lab, clientId, newest, {}, 'the newest refresh token');
      if (tokensIn(after)) {
        breaches.push(
          'After an old refresh token came back, its family went on: whoever stole it still has access.',
        );
      }
      if (breaches.length > 0) return { breaches, complaints: [] };
      const complaints = [old, after].flatMap((reply) =>
        complainAboutOAuthError(reply, ['invalid_grant']),
      );
      return { breaches: [], complaints: complaints.slice(0, 1) };
    },
  }),

  defineAttack<Presentation>({
    id: 'refresh-grace',
    title: 'A moment after the client',
    level: 'core',
    story:
      'Some servers answer a refresh token that was used seconds ago once more, because the first answer may have been lost. The attacker has a copy and is that quick: they come a moment after the client, or knock every few seconds so that the moment never ends, or ask for more while they are at it.',
    secureAnswer:
      'Refused, or answered with nothing that lasts: no other client, no more scopes, no other resource, no successor that goes on beside the client’s. Half a minute after its use, a token that comes back ends its family.',
    lessonAnchor: 'seconds-of-grace',
    references: [
      rfc(9700, '4.14.2'),
      oauth21('4.3.1'),
      theft,
      cwe(294, 'Authentication Bypass by Capture-replay'),
    ],
    payload: z.strictObject({
      atSeconds: z.array(z.number().min(0).max(600)).min(1).max(20),
      changes: changesShape,
    }),
    ordinaryUse: wholeFlow,
    variants: {
      'a second later': { atSeconds: [1], changes: {} },
      'every eight seconds': { atSeconds: [8, 16, 24, 32, 40, 48, 56, 64], changes: {} },
      'as another client': { atSeconds: [1], changes: { client_id: '{{other client}}' } },
      'for the admin scope': { atSeconds: [1], changes: { scope: 'weather:read weather:admin' } },
      'for another resource': { atSeconds: [1], changes: { resource: EVIL_RESOURCE } },
    },
    fire: comeInTheGrace,
  }),

  defineAttack<{ changes: Changes; at: 'refresh' | 'redemption' }>({
    id: 'refresh-scope-up',
    title: 'A little more, please',
    level: 'core',
    story:
      'The user allowed reading. The attacker, or the client itself, refreshes and asks for more: the admin scope, another resource; or they refresh a token that was issued to another client.',
    secureAnswer:
      '400: `invalid_scope`, `invalid_target`, `invalid_grant`. A refresh token carries what the user agreed to, never more, and only to the client the user agreed with.',
    lessonAnchor: 'never-more-than-before',
    references: [rfc(6749, '6'), rfc(8707, '2.2'), cwe(269, 'Improper Privilege Management')],
    payload: z.strictObject({ changes: changesShape, at: z.enum(['refresh', 'redemption']) }),
    ordinaryUse: wholeFlow,
    variants: {
      'the admin scope': { changes: { scope: 'weather:read weather:admin' }, at: 'refresh' },
      'only the admin scope': { changes: { scope: 'weather:admin' }, at: 'refresh' },
      'the admin scope, with the code': {
        changes: { scope: 'weather:read weather:admin' },
        at: 'redemption',
      },
      'another client': { changes: { client_id: '{{other client}}' }, at: 'refresh' },
      'no client': { changes: { client_id: null }, at: 'refresh' },
      'another resource': { changes: { resource: EVIL_RESOURCE }, at: 'refresh' },
      'a longer resource': { changes: { resource: '{{resource}}2' }, at: 'refresh' },
    },
    async fire({ changes, at }, lab) {
      const other = await registerClient(lab);
      const changed = fill(changes, { 'other client': other, resource: lab.config.resource });
      const reply = await askForMore(lab, at, changed);
      const given = tokensIn(reply);
      if (given && changes.scope !== undefined) {
        // A server may also give what was granted, and say so (RFC 6749 §5.1).
        const scopes = String(claimsOf(given.accessToken)?.scope ?? given.scope ?? '').split(' ');
        const gained = scopes.filter((scope) => !['weather:read', ''].includes(scope));
        return gained.length > 0
          ? {
              breaches: [
                `The user allowed weather:read, and the new token has ${gained.join(' ')}.`,
              ],
              complaints: [],
            }
          : {
              breaches: [],
              complaints:
                given.scope === undefined && at === 'refresh'
                  ? ['The answer does not say that fewer scopes were granted than asked for.']
                  : [],
            };
      }
      const codes = ['invalid_grant'];
      if (changes.scope !== undefined) codes.push('invalid_scope');
      if (changes.resource !== undefined) codes.push('invalid_target');
      if (changes.client_id !== undefined) codes.push('invalid_client', 'invalid_request');
      return judgeNoTokens(reply, `to a request with ${JSON.stringify(changed)}`, codes);
    },
  }),

  defineAttack<{ afterMinutes: number }>({
    id: 'token-outlives-its-day',
    title: 'A token that leaked this morning',
    level: 'core',
    story:
      'An access token is believed wherever it is shown, and cannot be called back. The attacker finds one in a log, a crash report, a screenshot, some minutes or hours old, and uses it.',
    secureAnswer:
      'A new token lives ten minutes at most, and says so in `expires_in`; after that it is refused like any other that has expired.',
    lessonAnchor: 'short-lived',
    references: [theft, rfc(9068, '2.2'), rfc(9700, '2.2.1'), cwe(613, 'Insufficient Expiration')],
    payload: z.strictObject({ afterMinutes: z.number().min(11).max(10_000) }),
    ordinaryUse: wholeFlow,
    variants: {
      'eleven minutes': { afterMinutes: 11 },
      'twenty hours': { afterMinutes: 1200 },
    },
    async fire({ afterMinutes }, lab) {
      const { tokens } = await signIn(lab);
      await lab.advance(afterMinutes * 60_000);
      const reply = await lab.call('get_weather', PARIS, { token: tokens.accessToken });
      const [execution] = await lab.executions([reply]);
      if (execution || succeeded(reply)) {
        return {
          breaches: [
            `A token issued ${afterMinutes} minutes ago still works${execution ? ` as “${execution.subject}”` : ''}.`,
          ],
          complaints: [],
        };
      }
      const isStated = tokens.expiresIn !== undefined && tokens.expiresIn <= 600;
      return {
        breaches: [],
        complaints: isStated
          ? []
          : [`expires_in says ${tokens.expiresIn ?? 'nothing'}; a client plans by it.`],
      };
    },
  }),
];

async function askForMore(
  lab: LabSession,
  at: 'refresh' | 'redemption',
  changes: Changes,
): Promise<LabReply> {
  if (at === 'refresh') {
    const { clientId, tokens } = await signIn(lab);
    return refresh(lab, clientId, tokens.refreshToken, changes);
  }
  const clientId = await registerClient(lab);
  const proof = makeProof();
  const code = await obtainCode(lab, clientId, proof);
  return redeem(lab, clientId, code, proof.verifier, changes);
}

async function inTurn<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let count = 0; count < times; count++) results.push(await work());
  return results;
}

/** Over HTTP a busy machine may keep two requests apart; within one tick nothing does. */
async function redeemWithinOneTick(lab: LabSession, times: number): Promise<Findings> {
  const { answers } = await lab.useGrantAtOnce('code', times);
  const given = givenIn(answers);
  if (given.length > 1) {
    return {
      breaches: [`One code was redeemed ${given.length} times within one tick.`],
      complaints: [],
    };
  }
  const complaints = given.length === 0 ? ['The client itself got nothing either.'] : [];
  return { breaches: [], complaints };
}

async function rotateWithinOneTick(lab: LabSession, times: number): Promise<Findings> {
  const { used, answers, goOn } = await lab.useGrantAtOnce('refresh token', times);
  if (givenIn(answers).includes(used)) {
    return { breaches: ['The refresh token was not replaced when it was used.'], complaints: [] };
  }
  const breach = `One refresh token, used ${times} times within one tick, has ${goOn} successors that all go on working.`;
  return { breaches: goOn > 1 ? [breach] : [], complaints: [] };
}

const givenIn = (answers: Answer<string>[]): string[] =>
  answers.flatMap((answer) => ('value' in answer ? [answer.value] : []));

/** What a moment brought, a minute later: of all that was given, one party may go on, or nobody. */
async function refreshAtOnce(
  lab: LabSession,
  clientId: string,
  refreshToken: string,
  times: number,
): Promise<Findings> {
  const replies = await lab.together(
    Array.from({ length: times }, () => () => refresh(lab, clientId, refreshToken)),
  );
  // A server may answer each of them, as the same client can ask more than once.
  const successors = new Set(replies.flatMap((reply) => tokensIn(reply)?.refreshToken ?? []));
  if (successors.has(refreshToken)) {
    return { breaches: ['The refresh token was not replaced when it was used.'], complaints: [] };
  }
  await lab.advance(60_000);
  let goOn = 0;
  for (const successor of successors) {
    if (tokensIn(await refresh(lab, clientId, successor, {}, 'a successor'))) goOn++;
  }
  if (goOn > 1) {
    return {
      breaches: [`One refresh token has ${goOn} successors that all go on working.`],
      complaints: [],
    };
  }
  const refused = replies.filter((reply) => !tokensIn(reply));
  const complaints = refused.flatMap((reply) => complainAboutOAuthError(reply, ['invalid_grant']));
  return { breaches: [], complaints: complaints.slice(0, 1) };
}

interface Presentation {
  /** Seconds after the client has used the token. */
  atSeconds: number[];
  changes: Changes;
}

/** The client has refreshed, and keeps what it got; then the thief comes with the token from before. */
async function comeInTheGrace(
  { atSeconds, changes }: Presentation,
  lab: LabSession,
): Promise<Findings> {
  const other = await registerClient(lab);
  const { clientId, tokens } = await signIn(lab);
  const old = tokens.refreshToken;
  const ofClient = needTokens(await refresh(lab, clientId, old)).refreshToken;
  const changed = fill(changes, { 'other client': other, resource: lab.config.resource });
  const codes = ['invalid_grant', 'invalid_client', 'invalid_scope', 'invalid_target'];
  const complaints: string[] = [];
  let ofThief: string | undefined;
  let now = 0;
  for (const second of atSeconds) {
    await lab.advance((second - now) * 1000);
    now = second;
    const reply = await refresh(lab, clientId, old, changed, `the old token after ${second} s`);
    const given = tokensIn(reply);
    if (!given) {
      complaints.push(...complainAboutOAuthError(reply, codes));
      continue;
    }
    const gained = whatWasGained(given.accessToken, changed, lab);
    if (gained) return { breaches: [gained], complaints: [] };
    if (second >= LONGEST_GRACE_S) {
      const breach = `The server took a refresh token that had been replaced ${second} seconds before.`;
      return { breaches: [breach], complaints: [] };
    }
    ofThief = given.refreshToken ?? ofThief;
  }
  // Now each of them goes on with what they have, the client first.
  await lab.advance(60_000);
  const client = tokensIn(await refresh(lab, clientId, ofClient, {}, 'the client goes on'));
  if (client && now >= LONGEST_GRACE_S) {
    return { breaches: ['The old token came back, and its family went on.'], complaints: [] };
  }
  if (ofThief !== undefined) {
    await lab.advance(60_000);
    if (tokensIn(await refresh(lab, clientId, ofThief, {}, 'the thief goes on'))) {
      const both = client !== undefined ? 'Both the client and the thief go' : 'The thief goes';
      return {
        breaches: [`${both} on with what the old refresh token brought.`],
        complaints: [],
      };
    }
    const next = client?.refreshToken;
    if (next !== undefined && tokensIn(await refresh(lab, clientId, next, {}, 'once more'))) {
      const breach = 'Two parties used the same family minutes apart, and it went on.';
      return { breaches: [breach], complaints: [] };
    }
  }
  return { breaches: [], complaints: complaints.slice(0, 1) };
}

/** By then a refresh token that was used is an old one to every server. */
const LONGEST_GRACE_S = 60;

/** What nobody gave to the one who asks; undefined: they got what the client has. */
function whatWasGained(accessToken: string, asked: Changes, lab: LabSession): string | undefined {
  if (asked.client_id !== undefined) return 'Another client got tokens for a used refresh token.';
  const claims = claimsOf(accessToken);
  const audience = claims?.aud;
  const isElsewhere = [audience].flat().some((one) => one !== lab.config.resource);
  if (claims && asked.resource !== undefined && isElsewhere) {
    return `The used refresh token brought an access token for ${JSON.stringify(audience)}.`;
  }
  const more = scopesOf(accessToken).filter((scope) => scope !== 'weather:read');
  return more.length > 0
    ? `The user allowed weather:read, and the used refresh token brought ${more.join(' ')}.`
    : undefined;
}

const uses: LegitimateUse[] = [
  {
    id: 'client-stays-signed-in',
    title: 'A client stays signed in for hours',
    why: 'It refreshes whenever its token is about to expire, each time with the newest refresh token, and each new access token works.',
    lessonAnchor: 'the-family',
    references: [rfc(6749, '6'), oauth21('4.3')],
    worksOnBaseline: true,
    async try(lab) {
      const { clientId, tokens } = await signIn(lab, { scope: 'weather:read weather:write' });
      let { refreshToken } = tokens;
      for (let hour = 1; hour <= 3; hour++) {
        await lab.advance(60 * 60_000);
        const next = needTokens(await refresh(lab, clientId, refreshToken));
        const reply = await lab.call('get_weather', PARIS, { token: next.accessToken });
        if (!succeeded(reply)) return [`After ${hour} hours: ${describeReply(reply)}`];
        refreshToken = next.refreshToken;
      }
      return [];
    },
  },
  {
    id: 'three-refreshes-at-once',
    level: 'stretch',
    title: 'Three calls in flight refresh at once',
    why: 'The token expires, three calls are refused, and each refreshes: so do the clients of the TypeScript SDK (1.32.2, and 2.4.0 of version 2), mcp-remote 0.15.1 and mcporter 0.12.3. Strict rotation is right by RFC 9700, and to these clients it means that one call succeeds, the others open a consent page, and the user is signed out.',
    lessonAnchor: 'seconds-of-grace',
    references: [rfc(9700, '4.14.2'), rfc(6749, '6')],
    worksOnBaseline: true,
    async try(lab) {
      const { clientId, tokens } = await signIn(lab);
      const { refreshToken } = tokens;
      const replies = await lab.together(
        Array.from({ length: 3 }, () => () => refresh(lab, clientId, refreshToken)),
      );
      const given = replies.flatMap((reply) => tokensIn(reply) ?? []);
      if (given.length < 3) return [`Of three refreshes at once, ${given.length} succeeded.`];
      for (const { accessToken } of given) {
        const reply = await lab.call('get_weather', PARIS, { token: accessToken });
        if (!succeeded(reply))
          return [`A token of the three does not work: ${describeReply(reply)}`];
      }
      // A client keeps what came last, or what was written last.
      await lab.advance(5 * 60_000);
      const next = await refresh(lab, clientId, given.at(-1)?.refreshToken ?? '');
      return tokensIn(next) ? [] : [`Minutes later it is signed out: ${describeReply(next)}`];
    },
  },
  {
    id: 'asks-for-less',
    title: 'A client may ask for less than it was granted',
    why: 'For a risky task a token with fewer scopes is better; the next refresh may have all that was granted again.',
    lessonAnchor: 'never-more-than-before',
    references: [rfc(6749, '6')],
    worksOnBaseline: true,
    async try(lab) {
      const { clientId, tokens } = await signIn(lab, { scope: 'weather:read weather:write' });
      const less = needTokens(
        await refresh(lab, clientId, tokens.refreshToken, { scope: 'weather:read' }),
      );
      const problems: string[] = [];
      if (scopesOf(less.accessToken).join(' ') !== 'weather:read') {
        problems.push(`It asked for weather:read and got ${scopesOf(less.accessToken).join(' ')}.`);
      }
      const all = needTokens(await refresh(lab, clientId, less.refreshToken));
      if (scopesOf(all.accessToken).length !== 2) {
        problems.push('After a token with fewer scopes, the rest of what was granted is lost.');
      }
      return problems;
    },
  },
  {
    id: 'two-clients-do-not-disturb',
    title: 'Two sign-ins do not disturb each other',
    why: 'The same user signs in twice, with two programs. When one token family ends, the other goes on.',
    lessonAnchor: 'the-family',
    references: [rfc(9700, '4.14.2')],
    worksOnBaseline: true,
    async try(lab) {
      const one = await signIn(lab);
      const two = await signIn(lab);
      const next = needTokens(await refresh(lab, one.clientId, one.tokens.refreshToken));
      needTokens(await refresh(lab, one.clientId, next.refreshToken));
      await refresh(lab, one.clientId, one.tokens.refreshToken); // an old one comes back
      const reply = await refresh(lab, two.clientId, two.tokens.refreshToken);
      return tokensIn(reply) ? [] : [`The other client lost its access: ${describeReply(reply)}`];
    },
  },
  {
    id: 'users-of-one-client-stay-apart',
    title: 'Two users of one client stay apart',
    why: 'Many people use the same program, and so the same client_id. Each goes on as who they are, also after a token of the other has come back.',
    lessonAnchor: 'the-family',
    references: [rfc(6749, '6'), rfc(9700, '4.14.2')],
    worksOnBaseline: true,
    async try(lab) {
      const alice = await signIn(lab);
      const { clientId } = alice;
      const bob = await signIn(lab, {}, { user: 'bob', clientId });
      const problems: string[] = [];
      const next = needTokens(await refresh(lab, clientId, alice.tokens.refreshToken));
      const subject = claimsOf(next.accessToken)?.sub;
      if (subject !== undefined && subject !== 'alice') {
        problems.push(`Alice refreshed, and got a token for ${String(subject)}.`);
      }
      needTokens(await refresh(lab, clientId, next.refreshToken));
      await refresh(lab, clientId, alice.tokens.refreshToken); // an old one comes back
      const bobs = await refresh(lab, clientId, bob.tokens.refreshToken);
      if (!tokensIn(bobs)) problems.push(`Bob lost his access: ${describeReply(bobs)}`);
      return problems;
    },
  },
  {
    id: 'time-enough',
    title: 'There is time to use what was given',
    why: 'A browser, a slow network and a person lie between code and redemption. A token that is gone after seconds makes a client refresh all the time.',
    lessonAnchor: 'short-lived',
    references: [rfc(6749, '4.1.2')],
    worksOnBaseline: true,
    async try(lab) {
      const clientId = await registerClient(lab);
      const proof = makeProof();
      const code = await obtainCode(lab, clientId, proof);
      await lab.advance(15_000);
      const reply = await redeem(lab, clientId, code, proof.verifier);
      const tokens = tokensIn(reply);
      if (!tokens) return [`After 15 seconds the code was refused: ${describeReply(reply)}`];
      await lab.advance(60_000);
      const call = await lab.call('get_weather', PARIS, { token: tokens.accessToken });
      return succeeded(call)
        ? []
        : [`After a minute the token was refused: ${describeReply(call)}`];
    },
  },
  {
    id: 'handles-nobody-guesses',
    title: 'Codes and refresh tokens cannot be guessed',
    why: 'Whoever can name one has it. RFC 6749 wants a chance of less than one in 2¹²⁸; and a name nobody issued is refused like any other.',
    lessonAnchor: 'once',
    references: [rfc(6749, '10.10'), cwe(330, 'Use of Insufficiently Random Values')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      const { clientId, tokens } = await signIn(lab);
      const proof = makeProof();
      const handles = [
        [await obtainCode(lab, clientId, proof), await obtainCode(lab, clientId, proof)],
        [tokens.refreshToken, (await signIn(lab, {}, { clientId })).tokens.refreshToken],
      ] as const;
      for (const [one, two] of handles) {
        const differing = Array.from(one).filter((character, at) => character !== two[at]).length;
        if (one.length < 22 || differing < 16) {
          problems.push(`${one} and ${two} are too much alike, or too short.`);
        }
      }
      for (const name of ['__proto__', 'constructor', 'no-such-grant', '1']) {
        const replies = [
          await redeem(lab, clientId, name, proof.verifier),
          await refresh(lab, clientId, name),
        ];
        for (const reply of replies) {
          const complaints = complainAboutOAuthError(reply, ['invalid_grant']);
          problems.push(...complaints.map((complaint) => `For “${name}”: ${complaint}`));
        }
      }
      return problems;
    },
  },
  {
    id: 'token-profile',
    title: 'Tokens say what a resource server needs',
    why: 'RFC 9068 says which claims a JWT access token has. A resource server that knows the profile needs no other agreement; an answer with tokens is not to be stored.',
    lessonAnchor: 'short-lived',
    references: [rfc(9068, '2.2'), rfc(6749, '5.1')],
    worksOnBaseline: true,
    async try(lab) {
      const clientId = await registerClient(lab);
      const proof = makeProof();
      const code = await obtainCode(lab, clientId, proof);
      const answer = await redeem(lab, clientId, code, proof.verifier);
      const { accessToken } = needTokens(answer);
      const problems: string[] = [];
      if (!/no-store/i.test(answer.headers['cache-control'] ?? '')) {
        problems.push('The answer may be stored: it lacks Cache-Control: no-store.');
      }
      const claims = claimsOf(accessToken);
      if (!claims) return problems; // an opaque token; what it means is asked elsewhere
      const expected: Record<string, unknown> = {
        iss: lab.config.issuer,
        sub: 'alice',
        client_id: clientId,
        scope: 'weather:read',
      };
      for (const [name, value] of Object.entries(expected)) {
        if (claims[name] !== value) {
          problems.push(`The claim ${name} is ${JSON.stringify(claims[name])}.`);
        }
      }
      const audiences = [claims.aud].flat();
      if (audiences.length !== 1 || audiences[0] !== lab.config.resource) {
        problems.push(`The claim aud is ${JSON.stringify(claims.aud)}.`);
      }
      const { refreshToken } = needTokens(answer);
      const next = needTokens(await refresh(lab, clientId, refreshToken));
      const other = claimsOf(next.accessToken);
      if (claims.jti !== undefined && claims.jti === other?.jti) {
        problems.push('Two tokens have the same jti.');
      }
      for (const name of ['exp', 'iat', 'jti']) {
        if (claims[name] === undefined) problems.push(`The claim ${name} is missing.`);
      }
      return problems;
    },
  },
];

const scopesOf = (accessToken: string): string[] =>
  String(claimsOf(accessToken)?.scope ?? '')
    .split(' ')
    .filter(Boolean);

export const catalogue: TopicCatalogue = { attacks, uses };
