/** What comes back from a client is not what the server gave it, or does not belong here. */
import { z } from 'zod';
import { defineAttack, type Attack } from '../../../lab/attack.ts';
import type { AskedCall } from '../../../exercises/weather-server/controls.ts';
import { StepFailed, type LabReply, type LabSession } from '../../../lab/protocol.ts';
import { cwe, link, statelessMcp } from '../references.ts';
import {
  ASKING_TOOLS,
  askAbout,
  asksAndGoesOn,
  callWith,
  complainAboutRefusal,
  confirmed,
  effects,
  JOINTS,
  NO,
  OTHERS,
  personOf,
  saveAlert,
  tokenOf,
  tokenOfOther,
  twoCutAt,
  YES,
  type AskingTool,
  type Other,
} from './asking.ts';
import {
  cutShort,
  madeUp,
  spelledOtherwise,
  withDigestOfItsOwn,
  withOneCharacterChanged,
} from './spellings.ts';

export const mrtr = statelessMcp(
  'basic/patterns/mrtr',
  'server-requirements-basic-workflow',
  'Multi Round-Trip Requests, Server Requirements',
);
const aisvs = link('OWASP AISVS, proposed 10.2.8', 'https://github.com/OWASP/AISVS/pull/1158');
const sealedByDefault = link(
  'python-sdk#3032, integrity of requestState',
  'https://github.com/modelcontextprotocol/python-sdk/pull/3032',
);
const replay = cwe(294, 'Authentication Bypass by Capture-replay');
const unverified = cwe(345, 'Insufficient Verification of Data Authenticity');

const MINUTE_MS = 60_000;

/** Sends one yes with each of these states until one has an effect. */
async function tryStates(
  lab: LabSession,
  token: string,
  tool: AskingTool,
  id: number,
  states: string[],
): Promise<{ used: string | undefined; complaints: string[] }> {
  const complaints: string[] = [];
  for (const requestState of states) {
    const reply = await callWith(lab, token, tool, id, { requestState, inputResponses: YES });
    if ((await effects(lab, [reply])) > 0) return { used: requestState, complaints: [] };
    complaints.push(...complainAboutRefusal(reply));
  }
  return { used: undefined, complaints: complaints.slice(0, 2) };
}

const CHANGES = {
  'one character': withOneCharacterChanged,
  'made up': madeUp,
  'cut short': cutShort,
  'with a digest of its own': withDigestOfItsOwn,
} as const;

interface Tampered {
  tool: AskingTool;
  change: keyof typeof CHANGES;
}

const oneRun = async (lab: LabSession, reply: LabReply, breach: string) => {
  const ran = (await effects(lab, [reply])) > 0;
  return { breaches: ran ? [breach] : [], complaints: ran ? [] : complainAboutRefusal(reply) };
};

const tool = z.enum(ASKING_TOOLS);

const SECOND_TIMES = [
  'the same',
  'another spelling',
  'after a no',
  'after a dialog closed',
  'after an empty box',
  'at once',
  'after many others',
  'all the time',
] as const;
type SecondTime = (typeof SECOND_TIMES)[number];

/** What was answered the first time, where it was no yes. */
const NOES: Partial<Record<SecondTime, unknown>> = {
  'after a no': NO,
  'after a dialog closed': { confirm: { action: 'cancel' } },
  'after an empty box': { confirm: { action: 'accept', content: { confirm: false } } },
};

const QUESTION: AskedCall = {
  actor: personOf('https://one.example', 'alice'),
  tool: 'delete_alert',
  arguments: { id: 5 },
  question: 'Delete your alert 5?',
};

/** Pairs of questions that are two, and what is asked where. */
const LOOK_ALIKES = {
  'user, cut elsewhere': JOINTS.map(cutAt),
  'opened by nobody': [{ opened: { actor: undefined } }],
  'asked of nobody': [{ asked: { actor: undefined }, opened: { actor: QUESTION.actor } }],
  'nested argument': [
    {
      asked: { arguments: { to: { city: 'Paris' } } },
      opened: { arguments: { to: { city: 'Lyon' } } },
    },
  ],
  'one argument more': [{ opened: { arguments: { id: 5, forGood: true } } }],
  'number in words': [{ opened: { arguments: { id: '5' } } }],
  server: [{ server: 'second' }],
} satisfies Record<string, PairOfQuestions[]>;
type LookAlike = keyof typeof LOOK_ALIKES;

interface PairOfQuestions {
  asked?: Partial<AskedCall>;
  opened?: Partial<AskedCall>;
  server?: string;
}

function cutAt(joint: string): PairOfQuestions {
  const [one, other] = twoCutAt(joint);
  return { asked: { actor: one }, opened: { actor: other } };
}

export const states: Attack[] = [
  defineAttack<Tampered>({
    id: 'state-tampered',
    title: 'A state that was changed on its way',
    level: 'core',
    story:
      'The server asks, and gives its client a note about it to keep. The client changes a character of the note, cuts off what vouches for it, or writes one itself, and sends it back with a yes.',
    secureAnswer:
      'Nothing is deleted. A state that the server cannot verify says nothing, and is refused.',
    lessonAnchor: 'a-note-that-somebody-else-keeps',
    references: [mrtr, aisvs, sealedByDefault, unverified],
    payload: z.strictObject({
      tool,
      change: z.enum(Object.keys(CHANGES) as [keyof typeof CHANGES]),
    }),
    ordinaryUse: asksAndGoesOn,
    variants: {
      'one character': { tool: 'delete_alert', change: 'one character' },
      'made up': { tool: 'delete_alert', change: 'made up' },
      'cut short': { tool: 'share_alert', change: 'cut short' },
      'with a digest of its own': { tool: 'delete_alert', change: 'with a digest of its own' },
    },
    async fire({ tool, change }, lab) {
      const token = await tokenOf(lab, 'alice');
      const id = await saveAlert(lab, token);
      const state = await askAbout(lab, token, tool, id);
      const { used, complaints } = await tryStates(lab, token, tool, id, CHANGES[change](state));
      return {
        breaches:
          used === undefined
            ? []
            : [`The server gave out ${state}, and took ${used || 'an empty text'} for it.`],
        complaints,
      };
    },
  }),

  defineAttack<{ tool: AskingTool; bob: Other }>({
    id: 'state-other-user',
    title: 'A state of somebody else',
    level: 'core',
    story:
      'Mallory has asked about an alert of hers, and gets the note. She deletes the alert and leaves the note in the client of Bob, whose next alert gets the same number and happens to say the same. Bob’s client sends it along with a yes.',
    secureAnswer:
      'Bob was never asked. A state belongs to the user who was, and to nobody else, whatever token they have.',
    lessonAnchor: 'what-belongs-into-the-note',
    references: [
      mrtr,
      sealedByDefault,
      cwe(639, 'Authorization Bypass Through User-Controlled Key'),
    ],
    payload: z.strictObject({ tool, bob: z.enum(OTHERS) }),
    ordinaryUse: asksAndGoesOn,
    variants: {
      'deletes an alert': { tool: 'delete_alert', bob: 'another user' },
      'shares an alert': { tool: 'share_alert', bob: 'another user' },
      'a namesake at another issuer': { tool: 'delete_alert', bob: 'a namesake elsewhere' },
      'the same name in capitals': { tool: 'share_alert', bob: 'the name in capitals' },
    },
    async fire({ tool, bob: who }, lab) {
      const mallory = await tokenOf(lab, 'mallory');
      const bob = await tokenOfOther(lab, 'mallory', who);
      if (bob === undefined) return { breaches: [], complaints: [] };
      const id = await saveAlert(lab, mallory);
      const requestState = await askAbout(lab, mallory, tool, id);
      await confirmed(lab, mallory, 'delete_alert', id);
      await takeUpNumber(lab, bob, id);
      const reply = await callWith(lab, bob, tool, id, { requestState, inputResponses: YES });
      return oneRun(lab, reply, `${tool} ran for Bob, with a state that Mallory was given.`);
    },
  }),

  defineAttack<{ tool: AskingTool }>({
    id: 'state-other-arguments',
    title: 'A yes for another alert',
    level: 'core',
    story:
      'The user is asked about an alert that nobody needs, and says yes. The yes is sent with the number of another one.',
    secureAnswer: 'The other alert stays. A state is about the arguments that were asked about.',
    lessonAnchor: 'what-belongs-into-the-note',
    references: [mrtr, aisvs, unverified],
    payload: z.strictObject({ tool }),
    ordinaryUse: asksAndGoesOn,
    variants: {
      'deletes another': { tool: 'delete_alert' },
      'shares another': { tool: 'share_alert' },
    },
    async fire({ tool }, lab) {
      const token = await tokenOf(lab, 'alice');
      const [asked, other] = [await saveAlert(lab, token), await saveAlert(lab, token)];
      const requestState = await askAbout(lab, token, tool, asked);
      const reply = await callWith(lab, token, tool, other, { requestState, inputResponses: YES });
      return oneRun(lab, reply, `The question was about alert ${asked}; ${tool} ran for ${other}.`);
    },
  }),

  defineAttack<{ asked: AskingTool; called: AskingTool }>({
    id: 'state-other-tool',
    title: 'A yes for another tool',
    level: 'core',
    story:
      'Two tools ask, and both take the number of an alert. The user agrees to share it; the client calls the one that deletes it, with the same number and the same state.',
    secureAnswer: 'The alert stays as it is. A state is about the tool that was asked about.',
    lessonAnchor: 'what-belongs-into-the-note',
    references: [mrtr, aisvs, unverified],
    payload: z.strictObject({ asked: tool, called: tool }),
    ordinaryUse: asksAndGoesOn,
    variants: {
      'asked to share, deletes': { asked: 'share_alert', called: 'delete_alert' },
      'asked to delete, shares': { asked: 'delete_alert', called: 'share_alert' },
    },
    async fire({ asked, called }, lab) {
      const token = await tokenOf(lab, 'alice');
      const id = await saveAlert(lab, token);
      const requestState = await askAbout(lab, token, asked, id);
      const reply = await callWith(lab, token, called, id, { requestState, inputResponses: YES });
      return oneRun(lab, reply, `The question was about ${asked}; ${called} ran.`);
    },
  }),

  defineAttack<{ differs: LookAlike }>({
    id: 'state-look-alike',
    title: 'A question that looks alike',
    level: 'core',
    story:
      'The seal is asked itself, by a server with two issuers, and about a tool with more to its arguments. The user of the second question has a name that reads the same once issuer and subject are joined, or none; or what differs lies deep in the arguments; or another server asked.',
    secureAnswer:
      'Refused with InvalidInputError. The same question is the same member by member, down to the last, and under the same key.',
    lessonAnchor: 'what-belongs-into-the-note',
    references: [mrtr, aisvs, unverified],
    payload: z.strictObject({
      differs: z.enum(Object.keys(LOOK_ALIKES) as [LookAlike, ...LookAlike[]]),
    }),
    ordinaryUse: asksAndGoesOn,
    variants: {
      'issuer and subject, cut elsewhere': { differs: 'user, cut elsewhere' },
      'asked of somebody, opened by nobody': { differs: 'opened by nobody' },
      'asked of nobody, opened by somebody': { differs: 'asked of nobody' },
      'a member of a member': { differs: 'nested argument' },
      'a member more': { differs: 'one argument more' },
      'a number in words': { differs: 'number in words' },
      'at another server': { differs: 'server' },
    },
    async fire({ differs }, lab) {
      const pairs: PairOfQuestions[] = LOOK_ALIKES[differs];
      const judged: Judged = { breaches: [], complaints: [] };
      for (const [index, { asked, opened, server = 'first' }] of pairs.entries()) {
        const first = { ...QUESTION, ...asked };
        const second = { ...first, ...opened };
        const [name, other] = [`state ${index}`, `other ${index}`];
        const [, , alike, same] = await lab.carried([
          { take: 'seal', server: 'first', name, asked: first },
          // Whoever keeps the first key for all would seal with it here, too.
          { take: 'seal', server, name: other, asked: second },
          { take: 'open', server, name, asked: second },
          { take: 'open', server: 'first', name, asked: first },
        ]);
        if (!alike || !same) throw new StepFailed('The seal did not answer.');
        if ('value' in alike) {
          judged.breaches.push(`A state was opened for another question (${differs}).`);
        } else if ('refused' in same) {
          judged.complaints.push(`The very question that was asked was refused: ${same.refused}`);
        }
      }
      return judged;
    },
  }),

  defineAttack<{ tool: AskingTool; before: string; now: string }>({
    id: 'state-other-object',
    title: 'Another alert under the same number',
    level: 'core',
    story:
      'The user is asked about alert 5, a stale one, and answers later. Meanwhile it was deleted, and the next alert has got its number. The yes arrives.',
    secureAnswer:
      'The new alert stays. What was agreed to is what the question said, and not a number.',
    lessonAnchor: 'the-question-itself',
    references: [mrtr, cwe(367, 'Time-of-check Time-of-use Race Condition')],
    payload: z.strictObject({ tool, before: z.string().max(400), now: z.string().max(400) }),
    ordinaryUse: asksAndGoesOn,
    variants: {
      'deletes the new one': { tool: 'delete_alert', before: 'stale', now: 'storm warning' },
      'shares the new one': { tool: 'share_alert', before: 'stale', now: 'storm warning' },
      'differs in its case': { tool: 'delete_alert', before: 'call us', now: 'call US' },
      'differs in an accent': { tool: 'delete_alert', before: 'peche', now: 'pêche' },
      'differs in a number': { tool: 'share_alert', before: 'below 15', now: 'below 51' },
      'differs in the width of its letters': { tool: 'delete_alert', before: 'A5', now: 'Ａ５' },
      'differs at its end': {
        tool: 'delete_alert',
        before: `${'drizzle '.repeat(40)}ends`,
        now: `${'drizzle '.repeat(40)}begins`,
      },
      'differs at its beginning': {
        tool: 'share_alert',
        before: `no ${'drizzle '.repeat(40)}`,
        now: `all ${'drizzle '.repeat(40)}`,
      },
    },
    async fire({ tool, before, now }, lab) {
      const token = await tokenOf(lab, 'alice');
      const id = await saveAlert(lab, token, { text: before });
      const requestState = await askAbout(lab, token, tool, id);
      await confirmed(lab, token, 'delete_alert', id);
      await takeUpNumber(lab, token, id, now);
      const reply = await callWith(lab, token, tool, id, { requestState, inputResponses: YES });
      return oneRun(lab, reply, `${tool} ran for an alert that the question did not show.`);
    },
  }),

  defineAttack<{ afterMinutes: number }>({
    id: 'state-expired',
    title: 'A yes that comes too late',
    level: 'core',
    story:
      'The question was asked, and nobody answered. Much later somebody finds the state, in a log or a saved conversation, and answers.',
    secureAnswer:
      'Nothing is deleted. A state is good for five minutes; then the user is asked anew.',
    lessonAnchor: 'for-how-long',
    references: [mrtr, cwe(613, 'Insufficient Session Expiration')],
    payload: z.strictObject({ afterMinutes: z.number().min(5.1).max(100_000) }),
    ordinaryUse: asksAndGoesOn,
    variants: {
      'six minutes': { afterMinutes: 6 },
      'eleven minutes': { afterMinutes: 11 },
      'a day': { afterMinutes: 24 * 60 },
      'five minutes and a half': { afterMinutes: 5.5 },
    },
    async fire({ afterMinutes }, lab) {
      const id = await saveAlert(lab, await tokenOf(lab, 'alice'));
      const requestState = await askAbout(lab, await tokenOf(lab, 'alice'), 'delete_alert', id);
      await lab.advance(afterMinutes * MINUTE_MS);
      const token = await tokenOf(lab, 'alice');
      const late = { requestState, inputResponses: YES };
      const reply = await callWith(lab, token, 'delete_alert', id, late);
      return oneRun(lab, reply, `A state was good for ${afterMinutes} minutes.`);
    },
  }),

  defineAttack<{ second: SecondTime; afterMinutes: number }>({
    id: 'state-twice',
    title: 'One yes, used twice',
    level: 'core',
    story:
      'The user has answered once. The state is sent again with a yes: as it is, in another spelling of the same bytes, after a no, or eight times at once.',
    secureAnswer:
      'One answer, one effect at most. Signature, user, question and time are all right the second time; only the server can know that it has seen this state before.',
    lessonAnchor: 'once',
    references: [mrtr, aisvs, replay],
    payload: z.strictObject({
      second: z.enum(SECOND_TIMES),
      afterMinutes: z.number().min(0).max(4.5),
    }),
    ordinaryUse: asksAndGoesOn,
    variants: {
      'the same': { second: 'the same', afterMinutes: 0 },
      'the same, four minutes later': { second: 'the same', afterMinutes: 4 },
      'in another spelling': { second: 'another spelling', afterMinutes: 0 },
      'a yes after a no': { second: 'after a no', afterMinutes: 0 },
      'a yes after the dialog was closed': { second: 'after a dialog closed', afterMinutes: 0 },
      'a yes after an empty box': { second: 'after an empty box', afterMinutes: 0 },
      'after a thousand others': { second: 'after many others', afterMinutes: 0 },
      'at any time that a memory is swept': { second: 'all the time', afterMinutes: 0 },
      'eight at once': { second: 'at once', afterMinutes: 0 },
    },
    async fire({ second, afterMinutes }, lab) {
      const token = await tokenOf(lab, 'alice');
      const id = await saveAlert(lab, token);
      const requestState = await askAbout(lab, token, 'share_alert', id);
      const answer = (inputResponses: unknown): Promise<LabReply> =>
        callWith(lab, token, 'share_alert', id, { requestState, inputResponses });
      if (second === 'after many others') return afterManyOthers(lab);
      if (second === 'all the time') return allTheTime(lab);
      if (second === 'at once') {
        const replies = await lab.together(Array.from({ length: 8 }, () => () => answer(YES)));
        return judgeRuns(await effects(lab, replies), 1);
      }
      const no = NOES[second];
      const first = await answer(no ?? YES);
      await lab.advance(afterMinutes * MINUTE_MS);
      const again = second === 'another spelling' ? spelledOtherwise(requestState) : [requestState];
      const { used, complaints } = await tryStates(lab, token, 'share_alert', id, again);
      // Whoever took a no for a yes did so the first time: that is another mistake.
      const before = no ? 0 : await effects(lab, [first]);
      const judged = judgeRuns(before + (used === undefined ? 0 : 1), no ? 0 : 1);
      return { ...judged, complaints };
    },
  }),
];

/** The one state that was used stays used, however many are used after it. */
async function afterManyOthers(lab: LabSession): Promise<Judged> {
  const seal = { server: 'first', asked: QUESTION } as const;
  await lab.carried([
    { take: 'seal', name: 'state', ...seal },
    { take: 'open', name: 'state', ...seal },
  ]);
  for (let part = 0; part < 20; part++) {
    const others = Array.from({ length: 50 }, (_, index) => `${part}-${index}`);
    await lab.carried(
      others.flatMap((name) => [
        { take: 'seal', name, ...seal } as const,
        { take: 'open', name, ...seal } as const,
      ]),
    );
  }
  const [again] = await lab.carried([{ take: 'open', name: 'state', ...seal }]);
  return judgeRuns(again && 'value' in again ? 2 : 1, 1);
}

/** A state in every half minute, and each sent again as long as it would be good. */
async function allTheTime(lab: LabSession): Promise<Judged> {
  const seal = { server: 'first', asked: QUESTION } as const;
  for (let half = 0; half < 24; half++) {
    await lab.carried([
      { take: 'seal', name: `${half}`, ...seal },
      { take: 'open', name: `${half}`, ...seal },
    ]);
    await lab.advance(MINUTE_MS / 2);
    const used = Array.from({ length: Math.min(half + 1, 9) }, (_, ago) => `${half - ago}`);
    const again = await lab.carried(used.map((name) => ({ take: 'open', name, ...seal })));
    if (again.some((answer) => 'value' in answer)) return judgeRuns(2, 1);
  }
  return judgeRuns(1, 1);
}

interface Judged {
  breaches: string[];
  complaints: string[];
}

const judgeRuns = (runs: number, most: number): Judged => ({
  breaches:
    runs > most ? [`The tool ran ${runs} times, where its user's answer allowed ${most}.`] : [],
  complaints: [],
});

/** Numbers of deleted alerts are given out anew, the greatest first. */
async function takeUpNumber(
  lab: LabSession,
  token: string,
  id: number,
  text = lab.nonce,
): Promise<void> {
  const next = await saveAlert(lab, token, { text });
  if (next !== id) throw new StepFailed(`The next alert got number ${next}, and not ${id}.`);
}
