/**
 * Attacks on what a server lets its clients keep for it: the state of a question, and handles of jobs;
 * and the ordinary use of both.
 */
import type { LegitimateUse, TopicCatalogue } from '../../../lab/attack.ts';
import type { LabSession } from '../../../lab/protocol.ts';
import { statelessMcp } from '../references.ts';
import { describeReply, errorCodeOf, succeeded } from '../replies.ts';
import { answers } from './answers.ts';
import {
  askAbout,
  callWith,
  effects,
  NO,
  personOf,
  saveAlert,
  stateIn,
  tokenOf,
  YES,
  type Answered,
} from './asking.ts';
import {
  cancelExport,
  exportAttacks,
  exportIn,
  exportsGoOn,
  getExport,
  startExport,
} from './exports.ts';
import { mrtr, states } from './states.ts';

const elicitation = statelessMcp('client/elicitation', 'capabilities', 'Elicitation, Capabilities');
const MINUTE_MS = 60_000;

const uses: LegitimateUse[] = [
  {
    id: 'asks-and-goes-on',
    title: 'Who says yes gets it done',
    why: 'The way of every honest client: a question, an answer, an effect. Both tools that ask do it.',
    lessonAnchor: 'what-goes-wrong',
    references: [mrtr],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      const token = await lab.mint();
      const id = await saveAlert(lab, token);
      for (const tool of ['share_alert', 'delete_alert'] as const) {
        const requestState = await askAbout(lab, token, tool, id);
        const reply = await callWith(lab, token, tool, id, { requestState, inputResponses: YES });
        const ran = await effects(lab, [reply]);
        if (!succeeded(reply) || ran !== 1) {
          problems.push(`After a yes, ${tool} did not run: ${describeReply(reply)}`);
        }
      }
      return problems;
    },
  },
  {
    id: 'time-to-think',
    title: 'Four minutes to think',
    why: 'People read before they agree. In the meantime a client may renew its token, and another client of the same user may answer.',
    lessonAnchor: 'for-how-long',
    references: [mrtr],
    worksOnBaseline: true,
    async try(lab) {
      const id = await saveAlert(lab, await tokenOf(lab, 'alice'));
      const requestState = await askAbout(lab, await tokenOf(lab, 'alice'), 'delete_alert', id);
      await lab.advance(4 * MINUTE_MS);
      const claims = { sub: `alice-${lab.nonce}`, client_id: 'another-client' };
      const token = await lab.mint({ claims });
      const answer = { requestState, inputResponses: YES };
      const reply = await callWith(lab, token, 'delete_alert', id, answer);
      return succeeded(reply)
        ? []
        : [`After four minutes, with a new token, a yes was refused: ${describeReply(reply)}`];
    },
  },
  {
    id: 'several-questions-at-once',
    title: 'Several questions at once',
    why: 'A model calls for three alerts, and the user answers in another order. One open question for each user is too few.',
    lessonAnchor: 'once',
    references: [mrtr],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      const token = await lab.mint();
      const open: { id: number; requestState: string }[] = [];
      for (let asked = 0; asked < 3; asked++) {
        const id = await saveAlert(lab, token, { text: `${asked} of ${lab.nonce}` });
        open.push({ id, requestState: await askAbout(lab, token, 'delete_alert', id) });
      }
      for (const { id, requestState } of open.toReversed()) {
        const answer = { requestState, inputResponses: YES };
        const reply = await callWith(lab, token, 'delete_alert', id, answer);
        if (!succeeded(reply)) problems.push(`Of three yeses one failed: ${describeReply(reply)}`);
      }
      return [...problems, ...(await asksTheSameOften(lab))];
    },
  },
  {
    id: 'others-use-nothing-up',
    title: 'Others use nothing up',
    why: 'Whoever sends somebody else’s state, or one of their own about something else, has no right to it. If that used it up, they could keep others from answering.',
    lessonAnchor: 'once',
    references: [mrtr],
    worksOnBaseline: true,
    async try(lab) {
      const [alice, bob] = [await tokenOf(lab, 'alice'), await tokenOf(lab, 'bob')];
      const id = await saveAlert(lab, alice);
      const [bobs, other] = [await saveAlert(lab, bob), await saveAlert(lab, alice)];
      const requestState = await askAbout(lab, alice, 'delete_alert', id);
      const answer = { requestState, inputResponses: NO };
      await callWith(lab, bob, 'delete_alert', bobs, answer);
      await callWith(lab, alice, 'delete_alert', other, answer);
      const yes = { requestState, inputResponses: YES };
      const reply = await callWith(lab, alice, 'delete_alert', id, yes);
      return succeeded(reply) ? [] : [`Alice’s own yes was refused: ${describeReply(reply)}`];
    },
  },
  {
    id: 'a-no-ends-it',
    title: 'A no ends the call',
    why: 'A client that is asked again after each no asks its user until they give in. The call ends, and a later one may ask anew.',
    lessonAnchor: 'what-a-yes-is',
    references: [mrtr],
    worksOnBaseline: false,
    async try(lab) {
      const token = await lab.mint();
      const id = await saveAlert(lab, token);
      const requestState = await askAbout(lab, token, 'delete_alert', id);
      const answer = { requestState, inputResponses: NO };
      const reply = await callWith(lab, token, 'delete_alert', id, answer);
      const problems =
        errorCodeOf(reply) === 'INVALID_INPUT'
          ? []
          : [`A no is answered with INVALID_INPUT; it answered ${describeReply(reply)}`];
      const later = await askAbout(lab, token, 'delete_alert', id);
      const yes = { requestState: later, inputResponses: YES };
      const last = await callWith(lab, token, 'delete_alert', id, yes);
      return succeeded(last)
        ? problems
        : [...problems, `After a no, a later yes was refused: ${describeReply(last)}`];
    },
  },
  {
    id: 'asks-again-for-what-is-missing',
    title: 'A missing answer is asked for again',
    why: 'A client may lose an answer, or send its state alone. The specification asks for the question once more, and not for an error.',
    lessonAnchor: 'what-a-yes-is',
    references: [statelessMcp('basic/patterns/mrtr', 'error-handling', 'MRTR, Error Handling')],
    worksOnBaseline: false,
    async try(lab) {
      const problems: string[] = [];
      const incomplete: [string, Answered][] = [
        ['no answers', {}],
        ['none called confirm', { inputResponses: { other: { action: 'accept' } } }],
      ];
      for (const [what, answered] of incomplete) {
        const token = await lab.mint();
        const id = await saveAlert(lab, token);
        const requestState = await askAbout(lab, token, 'delete_alert', id);
        const reply = await callWith(lab, token, 'delete_alert', id, { requestState, ...answered });
        const state = stateIn(reply);
        if (state === undefined) {
          problems.push(`With ${what} it asks again; it answered ${describeReply(reply)}`);
          continue;
        }
        const yes = { requestState: state, inputResponses: YES };
        const last = await callWith(lab, token, 'delete_alert', id, yes);
        if (!succeeded(last)) problems.push(`The second question: ${describeReply(last)}`);
      }
      return problems;
    },
  },
  {
    id: 'asks-whoever-can-ask',
    title: 'Every client that can ask is asked',
    why: 'Elicitation is declared in three ways that mean forms: without a mode, with `form`, and with both modes.',
    lessonAnchor: 'clients-that-cannot-ask',
    references: [elicitation],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const declared of [{}, { form: {} }, { form: {}, url: {} }]) {
        const token = await lab.mint();
        const id = await saveAlert(lab, token);
        const capabilities = { sampling: {}, elicitation: declared };
        const reply = await callWith(lab, token, 'delete_alert', id, { capabilities });
        if (stateIn(reply) === undefined) {
          problems.push(
            `A client that declares ${JSON.stringify({ elicitation: declared })} is asked; it answered ${describeReply(reply)}`,
          );
        }
      }
      return problems;
    },
  },
  {
    id: 'exports-come-to-their-end',
    title: 'Exports come to their end',
    why: 'Started, asked about too early, and read when it is done.',
    lessonAnchor: 'handles',
    references: [mrtr],
    worksOnBaseline: true,
    try: exportsGoOn,
  },
  {
    id: 'exports-are-their-users',
    title: 'An export is its user’s',
    why: 'Ten minutes later the token has been renewed, and the user has another client open. A person may have several exports, too.',
    lessonAnchor: 'handles',
    references: [mrtr],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      const token = await tokenOf(lab, 'alice');
      await saveAlert(lab, token);
      const handles = [await startExport(lab, token), await startExport(lab, token)];
      await lab.advance(10 * MINUTE_MS);
      const claims = { sub: `alice-${lab.nonce}`, client_id: 'another-client' };
      const renewed = await lab.mint({ claims });
      for (const handle of handles) {
        const reply = await getExport(lab, renewed, handle);
        if (exportIn(reply)?.status !== 'done') {
          problems.push(`After ten minutes, with a new token: ${describeReply(reply)}`);
        }
      }
      return [...problems, ...(await othersHaveMany(lab))];
    },
  },
  {
    id: 'cancelled-exports-are-gone',
    title: 'A cancelled export is gone',
    why: 'Its owner ends it, with any token, and nobody reads it afterwards. The others go on.',
    lessonAnchor: 'handles',
    references: [mrtr],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      const token = await tokenOf(lab, 'alice');
      await saveAlert(lab, token);
      const [first, second] = [await startExport(lab, token), await startExport(lab, token)];
      const reply = await cancelExport(lab, await tokenOf(lab, 'alice'), first);
      if (!succeeded(reply)) problems.push(`It could not be ended: ${describeReply(reply)}`);
      const gone = await getExport(lab, token, first);
      if (exportIn(gone)) problems.push('A cancelled export can still be asked about.');
      const other = await getExport(lab, token, second);
      if (!exportIn(other)) problems.push(`Another export ended as well: ${describeReply(other)}`);
      return problems;
    },
  },
];

/** Whoever begins very many exports pushes out nobody else's. */
async function othersHaveMany(lab: LabSession): Promise<string[]> {
  const alice = personOf('https://one.example', 'alice');
  const mallory = personOf('https://one.example', 'mallory');
  const server = 'first';
  await lab.carried([{ take: 'issue', server, name: 'hers', actor: alice }]);
  for (let part = 0; part < 10; part++) {
    const names = Array.from({ length: 200 }, (_, index) => `${part}-${index}`);
    await lab.carried(names.map((name) => ({ take: 'issue', server, name, actor: mallory })));
  }
  const [found] = await lab.carried([{ take: 'find', server, name: 'hers', actor: alice }]);
  return found && 'value' in found
    ? []
    : ['After two thousand exports of somebody else, a user does not find her own any more.'];
}

/**
 * A client that lost an answer calls again, and so does a model that calls twice at once. The seal is
 * asked itself, so that all of it is within a moment.
 */
async function asksTheSameOften(lab: LabSession): Promise<string[]> {
  const asked = {
    actor: personOf('https://one.example', 'alice'),
    tool: 'share_alert',
    arguments: { id: 5 },
    question: 'Show your alert 5 to every user?',
  };
  const names = Array.from({ length: 20 }, (_, index) => `${index}`);
  const seal = { server: 'first', asked };
  await lab.carried(names.map((name) => ({ take: 'seal', name, ...seal })));
  const opened = await lab.carried(names.map((name) => ({ take: 'open', name, ...seal })));
  const refused = opened.filter((answer) => 'refused' in answer).length;
  return refused === 0
    ? []
    : [`The same was asked twenty times at once; of the answers, ${refused} were refused.`];
}

export const catalogue: TopicCatalogue = {
  attacks: [...states, ...answers, ...exportAttacks],
  uses,
};
