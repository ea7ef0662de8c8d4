/** What must work at several instances as at one. */
import type { LegitimateUse } from '../../../lab/attack.ts';
import {
  OTHER_ISSUER,
  type LabReply,
  type LabSession,
  type SharedCalls,
} from '../../../lab/protocol.ts';
import {
  authorize,
  claimsOf,
  makeProof,
  refresh,
  registerClient,
  signIn,
  tokensIn,
  wholeFlow,
} from '../oauth-client.ts';
import { mcp, rfc } from '../references.ts';
import {
  complainAboutOAuthError,
  describeReply,
  errorCodeOf,
  PARIS,
  readRateLimited,
} from '../replies.ts';
import { withCode } from './grants.ts';
import { callsOf } from './limits.ts';
import { given, interleave, threeStarts } from './logs.ts';
import { inGroups, instanceFor, inTurn, ran, tokensOf, whileStoreIs } from './over-instances.ts';

/** What went wrong if not all of these calls ran. */
async function whyNotAllRan(lab: LabSession, replies: LabReply[], when: string): Promise<string[]> {
  const count = await ran(lab, replies);
  if (count === replies.length) return [];
  const executed = new Set((await lab.executions(replies)).map(({ requestId }) => requestId));
  const refused = replies.find(({ requestId }) => !executed.has(requestId));
  const said = refused ? `: ${describeReply(refused)}` : '';
  return [`Of ${replies.length} calls ${when}, ${count} ran${said}`];
}

/** A store that can be read and keeps nothing: what cannot be written down is an outage as well. */
async function whyNotToldWhenFull(lab: LabSession): Promise<string[]> {
  const { redeemAt, refreshAt } = await withCode(lab);
  const refreshToken = tokensIn(await redeemAt(0))?.refreshToken ?? '';
  const fresh = await withCode(lab, 1);
  const clientId = await registerClient(instanceFor(lab, 0));
  let code: string | undefined;
  const during = await whileStoreIs(lab, 'full', [
    () => refreshAt(0, refreshToken),
    () => fresh.redeemAt(2),
    async () => {
      const { challenge } = makeProof();
      const asked = { code_challenge: challenge };
      const answer = await authorize(instanceFor(lab, 0), clientId, asked);
      ({ code } = answer);
      return answer.reply;
    },
  ]);
  if (code !== undefined) return ['A code was given out that the store has not kept.'];
  const silent = during.slice(0, 2).find((reply) => reply.status <= 500);
  if (silent) {
    return [`A full store is an outage, and the client is told: ${describeReply(silent)}`];
  }
  const after = [await refreshAt(1, refreshToken), await fresh.redeemAt(0)];
  const refused = after.find((reply) => !tokensIn(reply));
  return refused ? [`After the outage a good grant is refused: ${describeReply(refused)}`] : [];
}

/** Fewer scopes for one token, and all that was granted for the next (RFC 6749 §6). */
async function whyScopesWereLost(lab: LabSession): Promise<string[]> {
  const scope = 'weather:read weather:write';
  const { clientId, tokens } = await signIn(instanceFor(lab, 0), { scope });
  const fewer = await refresh(instanceFor(lab, 1), clientId, tokens.refreshToken, {
    scope: 'weather:read',
  });
  const all = await refresh(instanceFor(lab, 2), clientId, tokensIn(fewer)?.refreshToken ?? '');
  const scopesOf = (reply: LabReply): string =>
    String(claimsOf(tokensIn(reply)?.accessToken ?? '')?.scope);
  if (scopesOf(fewer) !== 'weather:read') {
    return [`A client that asked for less was refused: ${describeReply(fewer)}`];
  }
  return scopesOf(all).split(' ').toSorted().join(' ') === scope
    ? []
    : [`After a refresh for less, the next one got ${scopesOf(all)}: ${describeReply(all)}`];
}

/** So few that every call of them matters. */
const FEW = { perUserPerMinute: 3, perToolPerMinute: { ping_station: 2 } };

/** Calls of one user, at an instance’s limiter of few calls: how each was answered. */
async function decisionsOf(
  lab: LabSession,
  user: { issuer: string; subject: string } | undefined,
  tools: string[],
  limits: SharedCalls['limits'] = FEW,
): Promise<string[]> {
  const calls = tools.map((tool) => ({ tool, user }));
  const answers = await lab.sharedCalls(calls, limits);
  return answers.map((answer) => {
    if ('refused' in answer) return `an error (${answer.refused})`;
    return answer.value.allowed ? 'allowed' : 'refused';
  });
}

const userOf = (lab: LabSession, name: string): { issuer: string; subject: string } => ({
  issuer: lab.config.issuer,
  subject: `${name}-${lab.nonce}`,
});

/** A user who comes back when they were told to has a call. */
async function whyToldTooEarly(lab: LabSession): Promise<string[]> {
  const user = userOf(lab, 'waits');
  const call = { tool: 'get_weather', user };
  await lab.sharedCalls([call, call, call], FEW);
  await lab.advance(20_000);
  const [refused] = await lab.sharedCalls([call], FEW);
  if (!refused || 'refused' in refused || refused.value.allowed) {
    return ['A call above the limit was not refused.'];
  }
  const { retryAfterMs } = refused.value;
  if (!(retryAfterMs > 0 && retryAfterMs <= 60_000)) {
    return [`\`retryAfterMs\` was ${retryAfterMs}, and has to be from 1 to 60000.`];
  }
  await lab.advance(retryAfterMs + 1_000);
  const [later] = await decisionsOf(lab, user, ['get_weather']);
  return later === 'allowed'
    ? []
    : [`A user who came back after \`retryAfterMs\` (${retryAfterMs}) got ${later}.`];
}

/** Pings that the user’s own limit refused were none of the tool’s. */
async function whyPingsWereLost(lab: LabSession): Promise<string[]> {
  const user = userOf(lab, 'pings-later');
  await decisionsOf(lab, user, ['get_weather', 'get_weather', 'get_weather']);
  await lab.advance(50_000);
  await decisionsOf(lab, user, ['ping_station', 'ping_station']);
  await lab.advance(11_000);
  const later = await decisionsOf(lab, user, ['ping_station', 'ping_station']);
  return later.every((one) => one === 'allowed')
    ? []
    : ['Calls of ping_station that the user’s limit refused took places of the tool.'];
}

const SEPARATORS = ['|', ':', ' ', '/', '#', ',', '.', '-', '_', '::', '\n', '\0', '","', ''];

/** Pairs of users who are not the same, and of whom some key may be. */
async function whyCountedTogether(lab: LabSession): Promise<string[]> {
  const { issuer } = lab.config;
  const { nonce } = lab;
  const pairs = [
    [
      { issuer, subject: `a${nonce}` },
      { issuer: OTHER_ISSUER, subject: `a${nonce}` },
    ],
    [
      { issuer, subject: `\u00e9${nonce}` },
      { issuer, subject: `e\u0301${nonce}` },
    ],
    [
      { issuer, subject: `\ufb01${nonce}` },
      { issuer, subject: `fi${nonce}` },
    ],
    ...SEPARATORS.map((separator, index) => [
      { issuer: `https://a.example/${index}`, subject: `b${separator}c${nonce}` },
      { issuer: `https://a.example/${index}${separator}b`, subject: `c${nonce}` },
    ]),
  ];
  for (const [one, other] of pairs) {
    await decisionsOf(lab, one, ['get_weather', 'get_weather', 'get_weather']);
    const [answer] = await decisionsOf(lab, other, ['get_weather']);
    if (answer !== 'allowed') {
      return [
        `A first call of ${JSON.stringify(other)} was ${answer}, after ${JSON.stringify(one)} had called.`,
      ];
    }
  }
  for (const [index, separator] of SEPARATORS.entries()) {
    const subject = `d${index}${nonce}`;
    for (const longer of [
      `${subject}${separator}ping_station`,
      `ping_station${separator}${subject}`,
    ]) {
      await decisionsOf(lab, { issuer, subject: longer }, [
        'get_weather',
        'get_weather',
        'get_weather',
      ]);
    }
    const [answer] = await decisionsOf(lab, { issuer, subject }, ['ping_station']);
    if (answer !== 'allowed') {
      return [`A first ping was ${answer}, after users of subjects that name the tool had called.`];
    }
  }
  return [];
}

/** Limits as an operator may write them, and tools as anybody may. */
async function whyNotLimitedAsWritten(lab: LabSession): Promise<string[]> {
  const none = { perUserPerMinute: 3, perToolPerMinute: { ping_station: 0 } };
  const [ping, other] = await decisionsOf(
    lab,
    userOf(lab, 'none'),
    ['ping_station', 'get_weather'],
    none,
  );
  if (ping !== 'refused') return [`A call of a tool with the limit 0 was ${ping}.`];
  if (other !== 'allowed') return [`A call of another tool was ${other}.`];
  const names = ['constructor', '__proto__', 'toString'];
  const odd = await decisionsOf(lab, userOf(lab, 'odd'), names);
  const bad = odd.findIndex((one) => one !== 'allowed');
  if (bad !== -1) return [`A first call of a tool ${names[bad]} was ${odd[bad]}.`];
  const nobody = await decisionsOf(
    lab,
    undefined,
    Array.from({ length: 4 }, () => 'get_weather'),
  );
  return nobody.join() === 'allowed,allowed,allowed,refused'
    ? []
    : [`Four calls without an actor, where a user has three, were ${nobody.join(', ')}.`];
}

export const uses: LegitimateUse[] = [
  {
    id: 'mi-serves-sixty',
    title: 'Sixty calls a minute, wherever they arrive',
    why: 'A user has sixty calls in any minute, and a load balancer sends them anywhere. None is refused before, and the next one is told when to come back: within a minute.',
    lessonAnchor: 'one-step',
    references: [rfc(6585, '4')],
    worksOnBaseline: false,
    async try(lab) {
      const claims = { sub: `user-${lab.nonce}`, scope: 'weather:admin' };
      const limit = lab.config.limits.perUserPerMinute;
      const token = await tokensOf(lab, claims);
      const problems = await whyNotAllRan(
        lab,
        await inGroups(lab, callsOf(lab, token, limit)),
        'of one user',
      );
      for (const where of [0, 1, 2]) {
        const [reply] = await inTurn(callsOf(lab, token, 1, 'get_weather', () => where));
        const refusal = reply && readRateLimited(reply);
        const said = reply ? describeReply(reply) : 'nothing';
        problems.push(
          ...(refusal?.complaints ?? [
            `The call after the sixtieth was not refused as such: ${said}`,
          ]),
        );
      }
      await lab.advance(61_000);
      const later = await tokensOf(lab, claims);
      const again = await inGroups(lab, callsOf(lab, later, limit));
      problems.push(...(await whyNotAllRan(lab, again, 'a minute later')));
      problems.push(...(await whyToldTooEarly(lab)));
      return problems;
    },
  },
  {
    id: 'mi-tools-have-their-own',
    title: 'A tool at its limit leaves room for others',
    why: 'Ten pings are all that ping_station gives in a minute. The eleventh is refused, and takes none of the sixty calls.',
    lessonAnchor: 'several-windows-in-one-step',
    references: [rfc(6585, '4')],
    worksOnBaseline: false,
    async try(lab) {
      const token = await tokensOf(lab, { sub: `user-${lab.nonce}`, scope: 'weather:admin' });
      const limit = lab.config.limits.perToolPerMinute.ping_station ?? 0;
      const pings = await inTurn(callsOf(lab, token, limit, 'ping_station'));
      const problems = await whyNotAllRan(lab, pings, 'of ping_station');
      const more = await inTurn(callsOf(lab, token, 20, 'ping_station'));
      const refused = more.filter((reply) => readRateLimited(reply)).length;
      if (refused < more.length) problems.push(`Of 20 pings more, ${refused} were refused.`);
      const rest = lab.config.limits.perUserPerMinute - limit;
      const others = await inGroups(lab, callsOf(lab, token, rest));
      problems.push(...(await whyNotAllRan(lab, others, 'of another tool')));
      problems.push(...(await whyPingsWereLost(lab)));
      return problems;
    },
  },
  {
    id: 'mi-users-apart',
    title: 'Nobody takes anybody else’s calls',
    why: 'Subjects are any text. Two of them under one key of the store share a count, and what begins like another key may even be one.',
    lessonAnchor: 'under-which-key',
    references: [rfc(7519, '4.1.2')],
    worksOnBaseline: false,
    async try(lab) {
      const full = `u:${lab.nonce}${'x'.repeat(200)}`;
      const fullToken = await tokensOf(lab, { sub: full, client_id: 'c' });
      const limit = lab.config.limits.perUserPerMinute;
      await inTurn(callsOf(lab, fullToken, limit));
      const others = [
        `${full}:get_weather`,
        `${full}"`,
        `${full}:c`,
        `"${full}"`,
        `${full} `,
        full.toUpperCase(),
        `${full}\n`,
        'u',
        '__proto__',
        `${full}y`,
        full.slice(0, -1),
      ];
      const problems: string[] = [];
      for (const [index, sub] of others.entries()) {
        const token = await tokensOf(lab, { sub, client_id: 'c' });
        const replies = await inTurn(callsOf(lab, token, 1, 'get_weather', () => index));
        const name = JSON.stringify(sub);
        problems.push(
          ...(await whyNotAllRan(lab, replies, `of ${name}, beside a user at the limit`)),
        );
      }
      problems.push(...(await whyCountedTogether(lab)), ...(await whyNotLimitedAsWritten(lab)));
      return problems.slice(0, 1);
    },
  },
  {
    id: 'mi-clocks-differ',
    title: 'Clocks that are an hour apart',
    why: 'Machines have wrong clocks: after a start, on a bad day, in a bad zone. A user is not refused for an hour for that, and a fresh code is fresh.',
    lessonAnchor: 'whose-clock',
    references: [rfc(6749, '4.1.2')],
    worksOnBaseline: true,
    async try(lab) {
      await instanceFor(lab, 1).advance(3_600_000);
      const claims = { sub: `user-${lab.nonce}` };
      const token = await tokensOf(lab, claims);
      const problems: string[] = [];
      for (const where of [0, 1]) {
        const replies = await inGroups(
          lab,
          callsOf(lab, token, 25, 'get_weather', () => where),
        );
        problems.push(...(await whyNotAllRan(lab, replies, `at instance ${where + 1}`)));
      }
      await lab.advance(61_000);
      const { perUserPerMinute: limit } = lab.config.limits;
      const later = callsOf(lab, await tokensOf(lab, claims), limit, 'get_weather', () => 0);
      const replies = await inGroups(lab, later);
      problems.push(...(await whyNotAllRan(lab, replies, 'a minute later')));
      for (const [from, to] of [
        [1, 0],
        [0, 1],
      ] as const) {
        const { redeemAt, refreshAt } = await withCode(lab, from);
        const reply = await redeemAt(to);
        const tokens = tokensIn(reply);
        const refreshed = await refreshAt(from, tokens?.refreshToken ?? '');
        const bad = tokens ? refreshed : reply;
        if (!tokensIn(bad)) {
          problems.push(`A fresh grant of instance ${from + 1} was refused: ${describeReply(bad)}`);
        }
      }
      return problems;
    },
  },
  {
    id: 'mi-flow-over-instances',
    title: 'A sign-in that meets every instance',
    why: 'The page is one instance’s, the code goes to another, and each refresh to whichever is free. Nobody can tell.',
    lessonAnchor: 'used-once-everywhere',
    references: [rfc(6749, '4.1'), rfc(6749, '6')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const from of [0, 1, 2]) {
        const { redeemAt, refreshAt } = await withCode(lab, from);
        let reply = await redeemAt(from + 1);
        for (const where of [from + 2, from, from + 1, from + 1]) {
          const refreshToken = tokensIn(reply)?.refreshToken;
          if (refreshToken === undefined) break;
          await lab.advance(120_000);
          reply = await refreshAt(where, refreshToken);
        }
        if (!tokensIn(reply)) {
          problems.push(`A sign-in begun at instance ${from + 1} ended: ${describeReply(reply)}`);
        }
      }
      problems.push(...(await whyScopesWereLost(lab)));
      return problems;
    },
  },
  {
    id: 'mi-sign-ins-apart',
    title: 'One sign-in ends, and the others go on',
    why: 'A user signs in twice with the same program, at home and at work, or two requests of it arrive at once. A stolen token of one sign-in ends that one, and no other.',
    lessonAnchor: 'a-family-in-one-record',
    references: [rfc(9700, '4.14.2')],
    worksOnBaseline: true,
    async try(lab) {
      const instance = instanceFor(lab, 0);
      const one = await signIn(instance);
      const other = await signIn(instance, {}, { clientId: one.clientId });
      const at = (where: number, refreshToken: string): Promise<LabReply> =>
        refresh(instanceFor(lab, where), one.clientId, refreshToken);
      await at(1, one.tokens.refreshToken);
      await lab.advance(60_000);
      await at(2, one.tokens.refreshToken);
      const reply = await at(1, other.tokens.refreshToken);
      const problems = tokensIn(reply)
        ? []
        : [`A stolen token of one sign-in ended another one: ${describeReply(reply)}`];
      const together = await lab.signInTwice();
      const lost = together.find((answer) => 'refused' in answer);
      if (lost && 'refused' in lost) {
        problems.push(
          `Two codes of one user and client were redeemed at once, and a refresh token of theirs was not good: ${lost.refused}`,
        );
      }
      return problems;
    },
  },
  {
    id: 'mi-odd-handles',
    title: 'What is no code and no token',
    why: 'Texts that never were a code or a token, halves of one, and a used code without its verifier are refused in the words of OAuth. The server does not run into an error, and signs nobody out.',
    lessonAnchor: 'a-family-in-one-record',
    references: [rfc(6749, '5.2')],
    worksOnBaseline: true,
    async try(lab) {
      const signed = await withCode(lab);
      const refreshToken = tokensIn(await signed.redeemAt(0))?.refreshToken ?? '';
      const codes = ['no.such.code', 'c'.repeat(1_500)];
      const tokens = [
        'no',
        refreshToken.slice(0, refreshToken.length / 2),
        `${refreshToken}A`,
        `${'i'.repeat(1_500)}.${'s'.repeat(43)}`,
      ];
      const replies = [
        ...(await inTurn(codes.map((code) => () => signed.redeemAt(1, { code })))),
        ...(await inTurn(tokens.map((token) => () => signed.refreshAt(1, token)))),
      ];
      for (const reply of replies) {
        const [complaint] = complainAboutOAuthError(reply, ['invalid_grant', 'invalid_client']);
        if (complaint !== undefined) return [complaint];
      }
      // Of another sign-in: what is nearly its token may be taken for an old one of it, and end it.
      const other = await withCode(lab);
      const good = tokensIn(await other.redeemAt(0))?.refreshToken ?? '';
      await lab.advance(60_000);
      await other.redeemAt(2, { code_verifier: makeProof().verifier });
      const after = await other.refreshAt(2, good);
      return tokensIn(after)
        ? []
        : [
            `Somebody with a used code, and no verifier, ended what came of it: ${describeReply(after)}`,
          ];
    },
  },
  {
    id: 'mi-keeps-grants-for-weeks',
    title: 'A user who comes back after a week',
    why: 'A refresh token that nobody uses for a week is still good: in the store it lives longer than the code that it came of.',
    lessonAnchor: 'whose-clock',
    references: [rfc(6749, '1.5')],
    worksOnBaseline: true,
    async try(lab) {
      const { redeemAt, refreshAt } = await withCode(lab);
      let tokens = tokensIn(await redeemAt(1));
      for (const where of [2, 0]) {
        await lab.advance(7 * 24 * 3_600_000);
        tokens = tokensIn(await refreshAt(where, tokens?.refreshToken ?? ''));
      }
      return tokens ? [] : ['A refresh token was not good any more after a week.'];
    },
  },
  {
    id: 'mi-outage-is-told',
    title: 'An outage is called an outage',
    why: 'A client that reads `invalid_grant` throws its refresh token away, and its user signs in anew; one that reads 503 asks again. And when the store is back, everything works as before.',
    lessonAnchor: 'a-store-that-is-away',
    references: [rfc(6749, '5.2'), rfc(9110, '15.6.4')],
    worksOnBaseline: false,
    async try(lab) {
      const { redeemAt, refreshAt } = await withCode(lab);
      const refreshToken = tokensIn(await redeemAt(0))?.refreshToken ?? '';
      const fresh = await withCode(lab, 1);
      const sub = `user-${lab.nonce}`;
      const token = await tokensOf(lab, { sub });
      // Another user has called as often as may be meanwhile.
      const busy = await tokensOf(lab, { sub: `busy-${lab.nonce}` });
      const before = callsOf(lab, busy, 70, 'get_weather', () => 0);
      const calls = callsOf(lab, token, 3);
      const during = await whileStoreIs(lab, 'away', [
        () => refreshAt(0, refreshToken),
        () => fresh.redeemAt(2),
        async () => {
          await inTurn(before);
          return instanceFor(lab, 0).call('get_weather', PARIS, { token: token(0) });
        },
        ...calls,
      ]);
      const problems = during
        .slice(0, 2)
        .filter((reply) => reply.status <= 500)
        .map(
          (reply) =>
            `The token endpoint does not say that it is an outage: ${describeReply(reply)}`,
        );
      const limited = during.slice(2).find((reply) => errorCodeOf(reply) === 'RATE_LIMITED');
      if (limited) problems.push(`A first call was called one too many: ${describeReply(limited)}`);
      const after = [await refreshAt(1, refreshToken), await fresh.redeemAt(0)];
      const refused = after.find((reply) => !tokensIn(reply));
      if (refused) {
        problems.push(`After the outage a good grant is refused: ${describeReply(refused)}`);
      }
      problems.push(...(await whyNotToldWhenFull(lab)));
      const again = await inTurn(callsOf(lab, await tokensOf(lab, { sub }), 3));
      problems.push(...(await whyNotAllRan(lab, again, 'after the outage')));
      return problems;
    },
  },
  {
    id: 'mi-silence-is-answered',
    title: 'A silent store keeps nobody waiting',
    why: 'A store that takes connections and says nothing is worse than none: whoever waits for it keeps a request open for each caller, until there is room for no more.',
    lessonAnchor: 'a-store-that-is-away',
    references: [mcp('basic/lifecycle', 'timeouts', 'Timeouts')],
    worksOnBaseline: false,
    async try(lab) {
      const { redeemAt, refreshAt } = await withCode(lab);
      const refreshToken = tokensIn(await redeemAt(0))?.refreshToken ?? '';
      const fresh = await withCode(lab, 1);
      const token = await tokensOf(lab, { sub: `user-${lab.nonce}` });
      const requests = [
        () => refreshAt(0, refreshToken),
        () => fresh.redeemAt(2),
        ...callsOf(lab, token, 3),
      ];
      for (const condition of ['silent', 'silent to writes'] as const) {
        const replies = await whileStoreIs(lab, condition, requests, { untilAnswered: true });
        if (replies.some(({ status }) => status === 0)) {
          return ['Eight seconds after the store fell silent, a request was still waiting for it.'];
        }
      }
      return [];
    },
  },
  {
    id: 'mi-begins-anew',
    title: 'A store that begins anew',
    why: 'A store without memory on a disk is empty after a restart. Users sign in again, and everybody is served.',
    lessonAnchor: 'a-store-that-has-forgotten',
    references: [rfc(6749, '5.2')],
    worksOnBaseline: true,
    async try(lab) {
      const sub = `user-${lab.nonce}`;
      await inTurn(callsOf(lab, await tokensOf(lab, { sub }), 6));
      await lab.store.forget();
      const again = await inTurn(callsOf(lab, await tokensOf(lab, { sub }), 6));
      return [
        ...(await whyNotAllRan(lab, again, 'after the store had forgotten')),
        ...(await wholeFlow(lab)),
      ];
    },
  },
  {
    id: 'mi-merged-in-any-order',
    title: 'Logs are merged as they come',
    why: 'A collector takes lines as they arrive: file after file, in turns, by clocks that differ. Each start’s own lines are in order, and that is all that can be asked.',
    lessonAnchor: 'chains-that-are-merged',
    references: [rfc(5424, '7.1.3')],
    worksOnBaseline: true,
    async try(lab) {
      const starts = await threeStarts(lab);
      const [first, second, third] = starts;
      const merges = {
        nothing: [],
        'one start': first,
        'file after file': starts.flat(),
        'the last file first': starts.toReversed().flat(),
        'in turns': interleave(starts),
        'one in the middle of another': [
          ...first.slice(0, 2),
          ...third,
          ...second,
          ...first.slice(2),
        ],
        'without the end of each': starts.flatMap((lines) => lines.slice(0, 3)),
      };
      const problems: string[] = [];
      for (const [how, lines] of Object.entries(merges)) {
        const bad = given(await lab.verifyMergedLines(lines));
        if (bad !== undefined) problems.push(`Merged (${how}), line ${bad} is said to be bad.`);
      }
      return problems;
    },
  },
  {
    id: 'mi-lines-can-be-read',
    title: 'A sealed line says what the line said',
    why: 'What is sealed is for people and programs to read: one line of JSON, with the line as it was in its member `line`. And each instance’s real log, call by call, is in order.',
    lessonAnchor: 'chains-that-are-merged',
    references: [rfc(8259, '2')],
    worksOnBaseline: true,
    async try(lab) {
      const lines = [
        '{"a":1}',
        '',
        'no JSON at all',
        '{"line":"x","mac":"y","start":"z"}',
        '"\\ud800" \u2028 東京 🌦',
      ];
      const sealed = given(await lab.sealLines(lines));
      const problems = sealed.flatMap((text, index) =>
        whyUnreadable(text, lines[index] ?? '').map(
          (why) => `${JSON.stringify(lines[index])}: ${why}`,
        ),
      );
      const bad = given(await lab.verifyMergedLines(sealed));
      if (bad !== undefined)
        problems.push(`Line ${bad} of a log as it was sealed is said to be bad.`);
      await inTurn(callsOf(lab, await tokensOf(lab, { sub: `user-${lab.nonce}` }), 9));
      const written = (await lab.tape()).flatMap((entry) =>
        entry.kind === 'audit' ? entry.line : [],
      );
      const badCall = given(await instanceFor(lab, 2).verifyMergedLines(written));
      if (written.length < 9) problems.push('Not every call has left a line.');
      if (badCall !== undefined)
        problems.push(`Line ${badCall} of the logs of three instances is said to be bad.`);
      const keyed = await lab.lineWithAuditKey(sealed);
      if (keyed !== undefined) problems.push('Part of the key is in a line.');
      return problems.slice(0, 1);
    },
  },
];

function whyUnreadable(text: string, line: string): string[] {
  if (/[\n\r]/.test(text)) return ['it has become more than one line.'];
  try {
    const members = JSON.parse(text) as { line?: unknown };
    return members.line === line ? [] : ['its member `line` is not the line.'];
  } catch {
    return ['it is no JSON any more.'];
  }
}
