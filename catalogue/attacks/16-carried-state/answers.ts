/** A call runs though its user has not said yes to it. */
import { z } from 'zod';
import { defineAttack, type Attack } from '../../../lab/attack.ts';
import type { LabReply } from '../../../lab/protocol.ts';
import { cwe, statelessMcp } from '../references.ts';
import { describeReply, errorCodeOf } from '../replies.ts';
import {
  askAbout,
  asksAndGoesOn,
  callWith,
  complainAboutRefusal,
  effects,
  saveAlert,
  stateIn,
  tokenOf,
  YES,
} from './asking.ts';
import { mrtr } from './states.ts';

const MISSING_CAPABILITY = -32021;

const elicitation = statelessMcp('client/elicitation', 'response-actions', 'Elicitation');
const notAuthorized = cwe(862, 'Missing Authorization');

export const answers: Attack[] = [
  defineAttack<{ inputResponses?: unknown }>({
    id: 'answer-is-no-yes',
    title: 'An answer that is no yes',
    level: 'core',
    story:
      'The user was asked, and the state is good. What comes with it is a no, a dismissed dialog, a form with the box left empty, or no answer at all.',
    secureAnswer:
      'Nothing is deleted. Only `accept` with `confirm: true` is a yes; a missing answer is asked for once more.',
    lessonAnchor: 'what-a-yes-is',
    references: [elicitation, mrtr, notAuthorized],
    payload: z.strictObject({ inputResponses: z.unknown().optional() }),
    ordinaryUse: asksAndGoesOn,
    variants: {
      'a no': { inputResponses: { confirm: { action: 'decline' } } },
      'the dialog closed': { inputResponses: { confirm: { action: 'cancel' } } },
      'the box left empty': {
        inputResponses: { confirm: { action: 'accept', content: { confirm: false } } },
      },
      'no form': { inputResponses: { confirm: { action: 'accept' } } },
      'an empty form': { inputResponses: { confirm: { action: 'accept', content: {} } } },
      'a no in words': {
        inputResponses: { confirm: { action: 'accept', content: { confirm: 'false' } } },
      },
      'a no, with the box ticked': {
        inputResponses: { confirm: { action: 'decline', content: { confirm: true } } },
      },
      'an answer to something else': {
        inputResponses: { rename: { action: 'accept', content: { confirm: true } } },
      },
      'no answers': { inputResponses: {} },
      nothing: {},
      'a list': { inputResponses: [true] },
      'a bare yes': { inputResponses: { confirm: true } },
      'a one': { inputResponses: { confirm: { action: 'accept', content: { confirm: 1 } } } },
      'a yes in words': {
        inputResponses: { confirm: { action: 'accept', content: { confirm: 'true' } } },
      },
      'an action in capitals': {
        inputResponses: { confirm: { action: 'ACCEPT', content: { confirm: true } } },
      },
      'an action that begins alike': {
        inputResponses: { confirm: { action: 'accept-never', content: { confirm: true } } },
      },
      'a no, after a yes to something else': {
        inputResponses: { rename: YES.confirm, confirm: { action: 'decline' } },
      },
      null: { inputResponses: null },
      'null for an answer': { inputResponses: { confirm: null } },
      'null for a form': { inputResponses: { confirm: { action: 'accept', content: null } } },
    },
    async fire({ inputResponses }, lab) {
      const token = await tokenOf(lab, 'alice');
      const id = await saveAlert(lab, token);
      const requestState = await askAbout(lab, token, 'delete_alert', id);
      const answer = { requestState, inputResponses };
      const reply = await callWith(lab, token, 'delete_alert', id, answer);
      const ran = (await effects(lab, [reply])) > 0;
      const said = JSON.stringify(inputResponses) ?? 'nothing';
      return {
        breaches: ran ? [`The alert was deleted, and the user had answered ${said}.`] : [],
        complaints: ran ? [] : complainAboutRefusal(reply),
      };
    },
  }),

  defineAttack<{ requestState?: unknown }>({
    id: 'answer-without-question',
    title: 'An answer to no question',
    level: 'core',
    story:
      'A client that knows the tool sends the yes along with its very first call. Nobody has been asked, and the dialog is never shown.',
    secureAnswer: 'The user is asked. An answer without a state of ours is no answer.',
    lessonAnchor: 'what-a-yes-is',
    references: [mrtr, notAuthorized],
    payload: z.strictObject({ requestState: z.unknown().optional() }),
    ordinaryUse: asksAndGoesOn,
    variants: {
      'without a state': {},
      'with null for a state': { requestState: null },
      'with an object for a state': { requestState: { confirmed: true } },
    },
    async fire(sent, lab) {
      const token = await tokenOf(lab, 'alice');
      const id = await saveAlert(lab, token);
      const answer = { inputResponses: YES, ...sent };
      const reply = await callWith(lab, token, 'delete_alert', id, answer);
      const ran = (await effects(lab, [reply])) > 0;
      return {
        breaches: ran ? ['The alert was deleted, and no question had been asked.'] : [],
        complaints: ran ? [] : complainAboutRefusal(reply),
      };
    },
  }),

  defineAttack<{ capabilities: Record<string, unknown>; answersAllTheSame: boolean }>({
    id: 'client-cannot-ask',
    title: 'A client that cannot ask',
    level: 'core',
    story:
      'Many clients do not declare elicitation. A model in one of them calls delete_alert, because a page it has read says so. There is nobody to ask.',
    secureAnswer:
      'Nothing is deleted, and nothing is asked for that the client has not declared. The answer says what is missing: INVALID_INPUT with a sentence for the model, or −32021.',
    lessonAnchor: 'clients-that-cannot-ask',
    references: [
      mrtr,
      statelessMcp('client/elicitation', 'capabilities', 'Elicitation, Capabilities'),
      cwe(636, 'Not Failing Securely'),
    ],
    payload: z.strictObject({
      capabilities: z.record(z.string(), z.unknown()),
      answersAllTheSame: z.boolean(),
    }),
    ordinaryUse: asksAndGoesOn,
    variants: {
      'nothing declared': { capabilities: {}, answersAllTheSame: false },
      'other things declared': {
        capabilities: { sampling: {}, roots: {} },
        answersAllTheSame: false,
      },
      'it answers all the same': { capabilities: {}, answersAllTheSame: true },
      'it opens pages only, and answers': {
        capabilities: { elicitation: { url: {} } },
        answersAllTheSame: true,
      },
    },
    async fire({ capabilities, answersAllTheSame }, lab) {
      const token = await tokenOf(lab, 'alice');
      const id = await saveAlert(lab, token);
      const answer = { capabilities, ...(answersAllTheSame ? { inputResponses: YES } : {}) };
      const reply = await callWith(lab, token, 'delete_alert', id, answer);
      const ran = (await effects(lab, [reply])) > 0;
      return {
        breaches: ran ? ['The alert was deleted, and its user could not be asked.'] : [],
        complaints: ran ? [] : complainAboutSilence(reply),
      };
    },
  }),
];

/** A refusal that somebody can act on, and no question. */
function complainAboutSilence(reply: LabReply): string[] {
  if (stateIn(reply) !== undefined) {
    return ['It sent a question to a client that has not declared that it can ask.'];
  }
  const { error, result } = (reply.json ?? {}) as {
    error?: { code?: unknown; data?: { requiredCapabilities?: unknown } };
    result?: { isError?: boolean };
  };
  const isTyped = error?.code === MISSING_CAPABILITY && error.data?.requiredCapabilities;
  const isSaid = result?.isError === true && errorCodeOf(reply) === 'INVALID_INPUT';
  return isTyped || isSaid
    ? []
    : [
        `A client that cannot ask is told so, as INVALID_INPUT or −32021; it answered ${describeReply(reply)}`,
      ];
}
