/** Attacks on what the server has of its users there: where it is kept, what is sent, what is told. */
import { z } from 'zod';
import { randomBytes } from 'node:crypto';
import { defineAttack, type Attack, type Findings } from '../../../lab/attack.ts';
import { OTHER_ISSUER, StepFailed, type LabSession } from '../../../lab/protocol.ts';
import type { Actor, CredentialRow } from '../../../exercises/weather-server/controls.ts';
import { cwe, link, rfc } from '../references.ts';
import { describeReply, succeeded } from '../replies.ts';
import type { Browser } from './browser.ts';
import {
  callDiary,
  confusedDeputy,
  exchange,
  newClient,
  signIn,
  signsInAndReads,
  somebody,
  tokenPassthrough,
} from './signing-in.ts';
import {
  ACCOUNT,
  ENTRIES,
  hasOurToken,
  holds,
  logThere,
  tokensIn,
  type ThirdPartyEntry,
} from './their-log.ts';

const atRest = cwe(312, 'Cleartext Storage of Sensitive Information');
const inMessages = cwe(209, 'Generation of Error Message Containing Sensitive Information');
const handedToClients = link(
  'PrefectHQ/fastmcp 2109: a proxy that handed upstream tokens to its clients',
  'https://github.com/PrefectHQ/fastmcp/pull/2109',
);
const forwarded = link(
  'nextcloud-mcp-server 261: tokens passed through',
  'https://github.com/cbcoutinho/nextcloud-mcp-server/issues/261',
);

/** Alice has signed in; her access token for our server. */
async function aliceSignsIn(lab: LabSession) {
  await lab.thirdParty.signInThere();
  const { browser, secret } = await somebody(lab, 'alice');
  const client = await newClient(lab);
  return { browser, secret, client, token: await signIn(lab, browser, client) };
}

const OTHERS = [
  'a user of the same client',
  'the name in capitals',
  'a namesake elsewhere',
  'a namesake who signs in as well',
  'names that differ a little',
  'names that run into their issuers',
  'several at once',
] as const;

type Others = (typeof OTHERS)[number];

const HERE = 'https://login.example/tenant';

/** Two users of ours, whom nothing may take for one; both come with the same app. */
type Pair = [one: Actor, other: Actor];

const actor = (subject: string, issuer = HERE): Actor => ({
  issuer,
  subject,
  clientId: 'workbook',
  scopes: ['weather:read'],
});

/** What a subject may hold is up to its issuer, and two texts that differ are two people. */
const NAMES_ALIKE: [one: string, other: string][] = [
  ['alice', 'Alice'],
  ['alice', 'alice '],
  ['alice', 'alice\u200b'],
  ['alice@one.example', 'alice@two.example'],
  ['al.ice', 'alice'],
  ['al/ice', 'al_ice'],
  ['al%2Fice', 'al/ice'],
  ['7', '07'],
  // Composed, and not.
  ['Zo\u00eb', 'Zoe\u0308'],
  ['\ufb01nn', 'finn'],
  // The same low bytes, as Latin-1 would have them.
  ['\u0430\u043b\u0438', '\u0030\u003b\u0038'],
  [`${'a'.repeat(254)}1`, `${'a'.repeat(254)}2`],
];

/** Issuers of one host, as providers have them for their customers. */
const ISSUERS_ALIKE: Pair[] = [
  [actor('alice', `${HERE}/one`), actor('alice', `${HERE}/two`)],
  [actor('alice', 'https://login.example'), actor('alice', 'https://login.example:8443')],
];

/** Of what the path of an issuer may hold: what could stand between it and a subject. */
const SEPARATORS = ['/', ':', '', '-', '_', '.', ',', ';', '@', '~', '+', '=', '//', '::'];

const PAIRS_ALIKE: Pair[] = [
  ...NAMES_ALIKE.map(([one, other]): Pair => [actor(one), actor(other)]),
  ...ISSUERS_ALIKE,
];
const RUN_TOGETHER = SEPARATORS.map((separator): Pair => [
  actor(`x${separator}alice`, HERE),
  actor('alice', `${HERE}${separator}x`),
]);
const APART: Pair[] = [
  [actor('alice'), actor('alice', OTHER_ISSUER)],
  [actor('alice'), actor('bob')],
];

function pairsOf(who: Others): Pair[] {
  if (who === 'names that differ a little') return PAIRS_ALIKE;
  return who === 'names that run into their issuers' ? RUN_TOGETHER : APART;
}

const nameOf = ({ issuer, subject }: Actor): string => `${subject.slice(0, 40)} of ${issuer}`;

/** What one user of a pair got of the other’s, if anything. */
async function mixUp(lab: LabSession, pair: Pair, atOnce: boolean): Promise<string | undefined> {
  const users = await Promise.all(
    pair.map(async (user) => ({ user, ...(await somebody(lab, randomBytes(6).toString('hex'))) })),
  );
  const read = async (asking: typeof users): Promise<string | undefined> => {
    const answers = await lab.thirdParty.read(asking.map(({ user }) => user));
    for (const [index, { user, secret }] of asking.entries()) {
      const answer = answers[index];
      const text = answer && 'value' in answer ? JSON.stringify(answer.value) : '';
      const theirs = users.find((one) => one.secret !== secret && text.includes(one.secret));
      if (theirs) return `${nameOf(user)} was given the diary of ${nameOf(theirs.user)}.`;
    }
    return undefined;
  };
  const [one, other] = users;
  if (!one || !other) return undefined;
  await lab.thirdParty.keep(one.user, one.browser.user);
  const before = (await read([one])) ?? (await read([other]));
  if (before !== undefined) return before;
  await lab.thirdParty.keep(other.user, other.browser.user);
  return atOnce
    ? ((await read([one, other])) ?? (await read([other, one, other])))
    : ((await read([one])) ?? (await read([other])));
}

const ASKED_DIRECTLY: ReadonlySet<Others> = new Set<Others>([
  'a namesake who signs in as well',
  'names that differ a little',
  'names that run into their issuers',
  'several at once',
]);

const MOVED = ['in the place of hers', 'after she has read', 'in the row of a namesake'] as const;

const newSince = (before: CredentialRow[], now: CredentialRow[]): CredentialRow[] =>
  now.filter(({ id }) => before.every((row) => row.id !== id));

/** Alice and Mallory, whose rows there are by now, and what each of them reads. */
interface TwoWithRows {
  of: { alice: CredentialRow[]; mallory: CredentialRow[] };
  reads: { alice: () => Promise<string>; mallory: () => Promise<string> };
}

/** Both sign in here, with an app each. */
async function usersOfOurs(
  lab: LabSession,
  alice: Browser,
  mallory: Browser,
): Promise<TwoWithRows> {
  const before = await lab.credentialRows();
  const hers = await signIn(lab, alice, await newClient(lab));
  const between = await lab.credentialRows();
  const mallorys = await signIn(lab, mallory, await newClient(lab));
  return {
    of: {
      alice: newSince(before, between),
      mallory: newSince(between, await lab.credentialRows()),
    },
    reads: {
      alice: async () => (await callDiary(lab, hers)).text,
      mallory: async () => (await callDiary(lab, mallorys)).text,
    },
  };
}

/** Whether Mallory gets Alice's secret with Alice's row in the place of hers. */
async function readsAfterMoving(
  lab: LabSession,
  { of, reads }: TwoWithRows,
  secret: string,
): Promise<boolean> {
  const [hers] = of.alice;
  for (const row of hers ? of.mallory : []) {
    // What is sealed, and, if that opens, whose it says that it is.
    for (const moved of [
      { ...row, sealed: hers?.sealed ?? '' },
      { ...row, ...hers, id: row.id },
    ]) {
      await lab.credentialRows(moved);
      if ((await reads.mallory()).includes(secret)) return true;
    }
    await lab.credentialRows(row);
  }
  return false;
}

/** Both are users of issuers that nobody signs in at here; each comes with an app of her own. */
async function usersElsewhere(
  lab: LabSession,
  [one, other]: Pair,
  alice: Browser,
  mallory: Browser,
): Promise<TwoWithRows> {
  const app = randomBytes(6).toString('hex');
  const [hers, mallorys] = [
    { ...one, clientId: `one ${app}` },
    { ...other, clientId: `other ${app}` },
  ];
  const before = await lab.credentialRows();
  await lab.thirdParty.keep(hers, alice.user);
  const between = await lab.credentialRows();
  await lab.thirdParty.keep(mallorys, mallory.user);
  const read = async (user: Actor): Promise<string> =>
    JSON.stringify(await lab.thirdParty.read([user]));
  return {
    of: {
      alice: newSince(before, between),
      mallory: newSince(between, await lab.credentialRows()),
    },
    reads: { alice: () => read(hers), mallory: () => read(mallorys) },
  };
}

/** What a row may have looked like before there was a vault. */
const formsOf = (token: string): string[] => [
  token,
  JSON.stringify(token),
  JSON.stringify({ token }),
  JSON.stringify({ access_token: token }),
  JSON.stringify({ sealed: token }),
  JSON.stringify({ plaintext: token }),
  JSON.stringify({ encrypted: token }),
  JSON.stringify({ encrypted: Buffer.from(token).toString('base64') }),
  Buffer.from(token).toString('base64'),
  Buffer.from(token).toString('base64url'),
  Buffer.from(token).toString('hex'),
];

/** What was refused at Skydiary, so that something else might be tried. */
const TRIED_OTHERWISE = [
  'the grant',
  'exchanges',
  'audiences',
  'scopes',
  'exchanged tokens',
  'connections for exchanges',
  'readings',
] as const;

const nothing: Findings = { breaches: [], complaints: [] };

export const tokenAttacks: Attack[] = [
  defineAttack<{ users: number }>({
    id: 'up-token-at-rest',
    title: 'Tokens in a copy of the database',
    level: 'core',
    story:
      'The table of credentials gets into a backup that others can read. The third party’s tokens in it are good for thirty days, for everything that the users can do there.',
    secureAnswer:
      'Each token is sealed under a key that is not in the database. A copy of the rows is worth nothing.',
    lessonAnchor: 'where-their-tokens-are-kept',
    controls: ['createTokenKeeper'],
    references: [atRest, handedToClients],
    payload: z.strictObject({ users: z.number().int().min(1).max(5) }),
    ordinaryUse: signsInAndReads,
    variants: { 'one user': { users: 1 }, 'three users': { users: 3 } },
    async fire({ users }, lab) {
      await lab.thirdParty.signInThere();
      for (let count = 1; count <= users; count++) {
        const { browser } = await somebody(lab, `user${count}`);
        await signIn(lab, browser, await newClient(lab));
      }
      const found = await tokensIn(lab, JSON.stringify(await lab.credentialRows()));
      return {
        breaches: found.length > 0 ? [`A copy of the rows holds ${found.length} tokens.`] : [],
        complaints: [],
      };
    },
  }),

  defineAttack<{ put: (typeof MOVED)[number] }>({
    id: 'up-token-moved',
    title: 'Somebody else’s row',
    level: 'core',
    story:
      'Mallory has an account, and has found a way to write to the table of credentials, though not to open what is in it. She copies what stands in Alice’s row into her own, and asks for her diary. Or she is called Alice as well, at another issuer.',
    secureAnswer:
      'What was sealed for Alice does not open for anybody else, whether it was opened for her before or not. Mallory gets an error.',
    lessonAnchor: 'where-their-tokens-are-kept',
    controls: ['createTokenKeeper'],
    references: [
      cwe(345, 'Insufficient Verification of Data Authenticity'),
      cwe(639, 'Authorization Bypass Through User-Controlled Key'),
    ],
    payload: z.strictObject({ put: z.enum(MOVED) }),
    ordinaryUse: signsInAndReads,
    variants: Object.fromEntries(MOVED.map((put) => [put, { put }])),
    async fire({ put }, lab) {
      await lab.thirdParty.signInThere();
      const alice = await somebody(lab, 'alice');
      const mallory = await somebody(lab, 'mallory');
      const pairs =
        put === 'in the row of a namesake'
          ? [...APART, ...RUN_TOGETHER, ...PAIRS_ALIKE]
          : [undefined];
      for (const pair of pairs) {
        const two = pair
          ? await usersElsewhere(lab, pair, alice.browser, mallory.browser)
          : await usersOfOurs(lab, alice.browser, mallory.browser);
        if (put === 'after she has read') await two.reads.alice();
        if (await readsAfterMoving(lab, two, alice.secret)) {
          return { breaches: ['Mallory read Alice’s diary.'], complaints: [] };
        }
        // The next pair may have a user of the same name, whose row is to be new.
        for (const { id } of [...two.of.alice, ...two.of.mallory]) {
          await lab.credentialRows(undefined, id);
        }
      }
      return nothing;
    },
  }),

  defineAttack<{ form: 'in any form' }>({
    id: 'up-token-planted',
    title: 'A row that nobody has sealed',
    level: 'core',
    story:
      'Mallory can write to the table of credentials. She puts a token of her own into Alice’s row, as it is. If the server takes what was never sealed, such as rows from before there was a vault, Alice works in Mallory’s account from then on, and tells it whatever she tells her diary.',
    secureAnswer:
      'Only what the vault has sealed is opened. Alice gets an error until she has signed in again.',
    lessonAnchor: 'where-their-tokens-are-kept',
    controls: ['createTokenKeeper'],
    references: [
      cwe(345, 'Insufficient Verification of Data Authenticity'),
      cwe(757, 'Selection of Less-Secure Algorithm During Negotiation'),
    ],
    payload: z.strictObject({ form: z.literal('in any form') }),
    ordinaryUse: signsInAndReads,
    variants: { 'in any form': { form: 'in any form' } },
    async fire(_payload, lab) {
      await lab.thirdParty.signInThere();
      const before = await lab.credentialRows();
      const alice = await somebody(lab, 'alice');
      const token = await signIn(lab, alice.browser, await newClient(lab));
      const rows = newSince(before, await lab.credentialRows());
      const given = new Set(await lab.thirdParty.tokens());
      const mallory = await somebody(lab, 'mallory');
      await signIn(lab, mallory.browser, await newClient(lab));
      const planted = (await lab.thirdParty.tokens()).find((one) => !given.has(one)) ?? '';
      for (const row of rows) {
        for (const sealed of formsOf(planted)) {
          await lab.credentialRows({ ...row, sealed });
          if ((await callDiary(lab, token)).text.includes(mallory.secret)) {
            const breach = 'Alice was given the diary of whoever had written a token into her row.';
            return { breaches: [breach], complaints: [] };
          }
        }
        await lab.credentialRows(row);
      }
      return nothing;
    },
  }),

  defineAttack<{ who: (typeof OTHERS)[number] }>({
    id: 'up-diary-of-another',
    title: 'One client, two users',
    level: 'core',
    story:
      'Alice and Bob use the same app, which has one registration. Alice signs in, then Bob, then Alice asks for her diary. And somebody who is called like Alice at another issuer asks as well, or somebody who is called nearly so.',
    secureAnswer:
      'To each their own: tokens that are kept, and tokens that were exchanged. A user is a subject at an issuer, each to the letter, and nothing else.',
    lessonAnchor: 'where-their-tokens-are-kept',
    controls: ['createTokenKeeper', 'readDiary'],
    references: [confusedDeputy, cwe(639, 'Authorization Bypass Through User-Controlled Key')],
    payload: z.strictObject({ who: z.enum(OTHERS) }),
    ordinaryUse: signsInAndReads,
    variants: Object.fromEntries(OTHERS.map((who) => [who, { who }])),
    async fire({ who }, lab) {
      if (ASKED_DIRECTLY.has(who)) {
        await lab.thirdParty.signInThere();
        for (const pair of pairsOf(who)) {
          const mixedUp = await mixUp(lab, pair, who === 'several at once');
          if (mixedUp !== undefined) return { breaches: [mixedUp], complaints: [] };
        }
        return nothing;
      }
      const { secret, client, browser, token } = await aliceSignsIn(lab);
      if (who !== 'a namesake elsewhere') {
        const bob = await somebody(lab, who === 'the name in capitals' ? 'ALICE' : 'bob');
        await callDiary(lab, await signIn(lab, bob.browser, client));
        const reply = await callDiary(lab, token);
        // Whosever it is.
        const isAnothers = succeeded(reply) && !reply.text.includes(secret);
        return {
          breaches: isAnothers ? ['Alice was given somebody else’s diary.'] : [],
          complaints: [],
        };
      }
      const namesake = await lab.mint({
        claims: { iss: OTHER_ISSUER, sub: browser.user, client_id: client.clientId },
      });
      const reply = await callDiary(lab, namesake);
      return {
        breaches: reply.text.includes(secret)
          ? ['Somebody of the same name at another issuer read Alice’s diary.']
          : [],
        complaints: [],
      };
    },
  }),

  defineAttack<{ cookie: string }>({
    id: 'up-own-token-sent',
    title: 'Our own token in somebody else’s log',
    level: 'core',
    story:
      'Skydiary writes down every request, and somebody reads that log. If the server sends on what came with the call, Alice’s token for our server stands there, and is good for every tool; and beside it, with which app she calls, from where, and as whom.',
    secureAnswer:
      'Nothing of the caller’s goes to the third party. A token is for the server that it names.',
    lessonAnchor: 'a-narrower-token',
    controls: ['readDiary'],
    references: [tokenPassthrough, forwarded, cwe(522, 'Insufficiently Protected Credentials')],
    payload: z.strictObject({ cookie: z.string() }),
    ordinaryUse: signsInAndReads,
    variants: {
      'a call with a token': { cookie: '' },
      'a call with a token and a cookie': { cookie: 'session={{nonce}}-of-alice' },
    },
    async fire({ cookie }, lab) {
      const { token, client, browser } = await aliceSignsIn(lab);
      const session = cookie.replaceAll('{{nonce}}', lab.nonce);
      const own = {
        'user-agent': `Umbrella/${randomBytes(9).toString('hex')}`,
        'accept-language': `x-${randomBytes(9).toString('hex')}`,
        'x-request-id': randomBytes(9).toString('hex'),
        referer: `https://umbrella.example/${randomBytes(9).toString('hex')}`,
        'x-forwarded-for': `192.0.2.1, ${randomBytes(9).toString('hex')}`,
        traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
      };
      const headers = session === '' ? own : { ...own, cookie: session };
      const before = (await logThere(lab)).length;
      await lab.call('get_diary', {}, { token, headers });
      // With the way back, Skydiary was told where it leads to.
      const log = (await logThere(lab)).slice(before);
      const sentAt = (secrets: string[]): ThirdPartyEntry | undefined =>
        log.find(({ shown }) => secrets.some((secret) => holds(shown, secret)));
      const seen = log.find(({ shown }) => hasOurToken(shown, token));
      const others: [what: string, at: ThirdPartyEntry | undefined][] = [
        ['the cookie that came with the call', session === '' ? undefined : sentAt([session])],
        ['headers that came with the call', sentAt(Object.values(own))],
        ['Alice’s name here', sentAt([browser.user])],
        ['the id of her app', sentAt([client.clientId])],
        ['the address that the call came from', log.find(({ shown }) => LOOPBACK.test(shown))],
      ];
      return {
        breaches: [
          ...(seen ? [`Skydiary was sent Alice’s token for our server, at ${hostOf(seen)}.`] : []),
          ...others.flatMap(([what, at]) =>
            at ? [`Skydiary was sent ${what}, at ${hostOf(at)}.`] : [],
          ),
        ],
        complaints: [],
      };
    },
  }),

  defineAttack<{ use: 'at the account' | 'to write'; when: 'it works' | 'it refuses' }>({
    id: 'up-broad-token',
    title: 'A token that can do more than read',
    level: 'core',
    story:
      'Whoever reads the log of Skydiary’s API for entries takes the token out of it, and goes to another API with it, or writes in Alice’s name. And some day Skydiary refuses the exchange, or what came of it, and the server tries with more.',
    secureAnswer:
      'The API for entries is shown a token that is good for reading entries, with one audience and one scope. Without one there is no diary.',
    lessonAnchor: 'a-narrower-token',
    controls: ['readDiary'],
    references: [exchange, rfc(9700, '2.3'), cwe(272, 'Least Privilege Violation')],
    payload: z.strictObject({
      use: z.enum(['at the account', 'to write']),
      when: z.enum(['it works', 'it refuses']),
    }),
    ordinaryUse: signsInAndReads,
    variants: {
      'at the account': { use: 'at the account', when: 'it works' },
      'to write': { use: 'to write', when: 'it works' },
      'at the account, when it refuses': { use: 'at the account', when: 'it refuses' },
      'to write, when it refuses': { use: 'to write', when: 'it refuses' },
    },
    async fire({ use, when }, lab) {
      const { token } = await aliceSignsIn(lab);
      for (const refused of when === 'it works' ? [] : TRIED_OTHERWISE) {
        await lab.thirdParty.refuse(refused);
        await callDiary(lab, token);
      }
      await lab.thirdParty.refuse('nothing');
      if (when === 'it works') {
        const reply = await callDiary(lab, token);
        if (!succeeded(reply)) throw new StepFailed(`There is no diary: ${describeReply(reply)}`);
      }
      const log = (await logThere(lab)).filter(({ url }) => url.startsWith(ENTRIES));
      const shown = await tokensIn(lab, log.map((entry) => entry.shown).join('\n'));
      for (const stolen of shown) {
        const headers = { authorization: `Bearer ${stolen}` };
        const { status } = await lab.thirdParty.ask(
          use === 'to write'
            ? { method: 'POST', url: ENTRIES, headers, body: '{"text":"not Alice"}' }
            : { url: ACCOUNT, headers },
        );
        if (status < 300) {
          const what = use === 'to write' ? 'wrote into Alice’s diary' : 'read Alice’s account';
          return { breaches: [`A token from the log of the API ${what}.`], complaints: [] };
        }
      }
      return { breaches: [], complaints: [] };
    },
  }),

  defineAttack<{ when: 'it works' | 'it refuses' }>({
    id: 'up-token-in-answer',
    title: 'Their token in our answer',
    level: 'core',
    story:
      'What Skydiary answers has links that work by themselves, with the token in them, and its errors quote what they were shown. A server that passes that on hands the token to the client, to its model, and to every log in between.',
    secureAnswer:
      'Date and text of each entry, and of an error nothing but that there is no diary now.',
    lessonAnchor: 'what-comes-back',
    controls: ['readDiary'],
    references: [
      handedToClients,
      inMessages,
      cwe(201, 'Insertion of Sensitive Information Into Sent Data'),
    ],
    payload: z.strictObject({ when: z.enum(['it works', 'it refuses']) }),
    ordinaryUse: signsInAndReads,
    variants: { 'it works': { when: 'it works' }, 'it refuses': { when: 'it refuses' } },
    async fire({ when }, lab) {
      const { token, browser } = await aliceSignsIn(lab);
      const aside = randomBytes(12).toString('hex');
      await lab.thirdParty.write(browser.user, 'a second entry', aside);
      // What is shown of a failure is the last exchange, so that the first one that leaks is the last.
      for (const refused of when === 'it works' ? (['nothing'] as const) : TRIED_OTHERWISE) {
        const saying = `sky_${randomBytes(12).toString('hex')}`;
        await lab.thirdParty.refuse(refused, saying);
        const { text } = await callDiary(lab, token);
        await lab.thirdParty.refuse('nothing');
        const found = [
          ...((await tokensIn(lab, text)).length > 0
            ? ['The answer holds a token of Alice’s at Skydiary.']
            : []),
          ...(holds(text, aside) ? ['The answer holds more of an entry than date and text.'] : []),
          ...(holds(text, saying) ? ['The answer holds the error code that Skydiary gave.'] : []),
        ];
        if (found.length > 0) return { breaches: found, complaints: [] };
      }
      return nothing;
    },
  }),
];

/** From where the lab calls. */
const LOOPBACK = /127\.0\.0\.1|::1\b/;

const hostOf = ({ url }: ThirdPartyEntry): string => new URL(url).host;
