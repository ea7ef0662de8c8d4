/** Attacks on what the server has of its users there: where it is kept, what is sent, what is told. */
import { z } from 'zod';
import { defineAttack, type Attack } from '../../../lab/attack.ts';
import { OTHER_ISSUER, StepFailed, type LabReply, type LabSession } from '../../../lab/protocol.ts';
import { cwe, link, rfc } from '../references.ts';
import { describeReply, succeeded } from '../replies.ts';
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
] as const;

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

  defineAttack<{ put: 'in the place of hers' }>({
    id: 'up-token-moved',
    title: 'Somebody else’s row',
    level: 'core',
    story:
      'Mallory has an account, and has found a way to write to the table of credentials, though not to open what is in it. She copies what stands in Alice’s row into her own, and asks for her diary.',
    secureAnswer:
      'What was sealed for Alice does not open for anybody else. Mallory gets an error.',
    lessonAnchor: 'where-their-tokens-are-kept',
    references: [
      cwe(345, 'Insufficient Verification of Data Authenticity'),
      cwe(639, 'Authorization Bypass Through User-Controlled Key'),
    ],
    payload: z.strictObject({ put: z.literal('in the place of hers') }),
    ordinaryUse: signsInAndReads,
    variants: { 'in the place of hers': { put: 'in the place of hers' } },
    async fire(_payload, lab) {
      await lab.thirdParty.signInThere();
      const before = await lab.credentialRows();
      const isNew = ({ id }: { id: string }): boolean => before.every((row) => row.id !== id);
      const { browser, secret } = await somebody(lab, 'alice');
      await signIn(lab, browser, await newClient(lab));
      const alices = (await lab.credentialRows()).filter(isNew);
      const mallory = await somebody(lab, 'mallory');
      const token = await signIn(lab, mallory.browser, await newClient(lab));
      const mallorys = (await lab.credentialRows()).filter(
        (row) => isNew(row) && alices.every(({ id }) => id !== row.id),
      );
      const [hers] = alices;
      for (const row of mallorys) {
        // What is sealed, and, if that opens, whose it says that it is.
        for (const moved of hers
          ? [
              { ...row, sealed: hers.sealed },
              { ...hers, id: row.id },
            ]
          : []) {
          await lab.credentialRows(moved);
          const reply = await callDiary(lab, token);
          if (reply.text.includes(secret)) {
            return { breaches: ['Mallory read Alice’s diary.'], complaints: [] };
          }
        }
        await lab.credentialRows(row);
      }
      return { breaches: [], complaints: [] };
    },
  }),

  defineAttack<{ who: (typeof OTHERS)[number] }>({
    id: 'up-diary-of-another',
    title: 'One client, two users',
    level: 'core',
    story:
      'Alice and Bob use the same app, which has one registration. Alice signs in, then Bob, then Alice asks for her diary. And somebody who is called like Alice at another issuer asks as well.',
    secureAnswer: 'To each their own. A user is a subject at an issuer, and nothing else.',
    lessonAnchor: 'where-their-tokens-are-kept',
    references: [confusedDeputy, cwe(639, 'Authorization Bypass Through User-Controlled Key')],
    payload: z.strictObject({ who: z.enum(OTHERS) }),
    ordinaryUse: signsInAndReads,
    variants: Object.fromEntries(OTHERS.map((who) => [who, { who }])),
    async fire({ who }, lab) {
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
      'Skydiary writes down every request, and somebody reads that log. If the server sends on what came with the call, Alice’s token for our server stands there, and is good for every tool.',
    secureAnswer:
      'Nothing of the caller’s goes to the third party. A token is for the server that it names.',
    lessonAnchor: 'a-narrower-token',
    references: [tokenPassthrough, forwarded, cwe(522, 'Insufficiently Protected Credentials')],
    payload: z.strictObject({ cookie: z.string() }),
    ordinaryUse: signsInAndReads,
    variants: {
      'a call with a token': { cookie: '' },
      'a call with a token and a cookie': { cookie: 'session={{nonce}}-of-alice' },
    },
    async fire({ cookie }, lab) {
      const { token } = await aliceSignsIn(lab);
      const session = cookie.replaceAll('{{nonce}}', lab.nonce);
      const headers = session === '' ? {} : { cookie: session };
      await lab.call('get_diary', {}, { token, headers });
      const log = await logThere(lab);
      const seen = log.find(({ shown }) => hasOurToken(shown, token));
      const hasCookie = session !== '' && log.some(({ shown }) => holds(shown, session));
      return {
        breaches: [
          ...(seen ? [`Skydiary was sent Alice’s token for our server, at ${hostOf(seen)}.`] : []),
          ...(hasCookie ? ['Skydiary was sent the cookie that came with the call.'] : []),
        ],
        complaints: [],
      };
    },
  }),

  defineAttack<{ use: 'at the account' | 'to write' }>({
    id: 'up-broad-token',
    title: 'A token that can do more than read',
    level: 'core',
    story:
      'Whoever reads the log of Skydiary’s API for entries takes the token out of it, and goes to another API with it, or writes in Alice’s name.',
    secureAnswer:
      'The API for entries is shown a token that is good for reading entries: exchanged for this call, with one audience and one scope.',
    lessonAnchor: 'a-narrower-token',
    references: [exchange, rfc(9700, '2.3'), cwe(272, 'Least Privilege Violation')],
    payload: z.strictObject({ use: z.enum(['at the account', 'to write']) }),
    ordinaryUse: signsInAndReads,
    variants: { 'at the account': { use: 'at the account' }, 'to write': { use: 'to write' } },
    async fire({ use }, lab) {
      const { token } = await aliceSignsIn(lab);
      const reply = await callDiary(lab, token);
      if (!succeeded(reply)) throw new StepFailed(`There is no diary: ${describeReply(reply)}`);
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
    references: [
      handedToClients,
      inMessages,
      cwe(201, 'Insertion of Sensitive Information Into Sent Data'),
    ],
    payload: z.strictObject({ when: z.enum(['it works', 'it refuses']) }),
    ordinaryUse: signsInAndReads,
    variants: { 'it works': { when: 'it works' }, 'it refuses': { when: 'it refuses' } },
    async fire({ when }, lab) {
      const { token } = await aliceSignsIn(lab);
      const answers: LabReply[] = [];
      for (const refused of when === 'it works' ? [] : (['exchanges', 'readings'] as const)) {
        await lab.thirdParty.refuse(refused);
        answers.push(await callDiary(lab, token));
      }
      await lab.thirdParty.refuse('nothing');
      answers.push(await callDiary(lab, token));
      const found = await tokensIn(lab, answers.map(({ text }) => text).join('\n'));
      return {
        breaches: found.length > 0 ? ['The answer holds a token of Alice’s at Skydiary.'] : [],
        complaints: [],
      };
    },
  }),
];

const hostOf = ({ url }: ThirdPartyEntry): string => new URL(url).host;
