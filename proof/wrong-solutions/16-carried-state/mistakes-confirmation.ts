import type {
  AskedCall,
  ClientAnswer,
  Confirmation,
  RequireConfirmation,
  StateSeal,
} from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';
import type { Mistake } from '../../solutions.ts';

interface Answer {
  action?: unknown;
  content?: { confirm?: unknown };
}

const answersIn = ({ inputResponses }: ClientAnswer): Record<string, Answer | undefined> =>
  typeof inputResponses === 'object' && inputResponses !== null
    ? (inputResponses as Record<string, Answer>)
    : {};
const confirmIn = (answer: ClientAnswer): Answer | undefined => answersIn(answer).confirm;
const ACTIONS = ['accept', 'decline', 'cancel'];

interface Choices {
  canAsk?: (answer: ClientAnswer) => boolean;
  ifNobodyCanBeAsked?: () => Confirmation;
  isYes?: (answer: ClientAnswer) => boolean;
  isAnswered?: (answer: ClientAnswer) => boolean;
  opens?: (seal: StateSeal, state: string, asked: AskedCall) => unknown;
  afterNo?: (seal: StateSeal, asked: AskedCall) => Promise<Confirmation>;
}

const refuse = (message: string): never => {
  throw new InvalidInputError(message);
};

const declaresForms = ({ capabilities: { elicitation } }: ClientAnswer): boolean =>
  typeof elicitation === 'object' &&
  elicitation !== null &&
  ('form' in elicitation || !('url' in elicitation));

/** Right in all that is not chosen otherwise. */
const confirmWith =
  (choices: Choices): RequireConfirmation =>
  async (asked, answer, seal) => {
    const {
      canAsk = declaresForms,
      ifNobodyCanBeAsked = () => refuse('This client cannot ask its user. Use one that can.'),
      isYes = (given) =>
        confirmIn(given)?.action === 'accept' && confirmIn(given)?.content?.confirm === true,
      isAnswered = (given) => ACTIONS.includes(String(confirmIn(given)?.action)),
      opens = (opening, state, about) => opening.open(state, about),
      afterNo = async () => refuse('The user has not said yes.'),
    } = choices;
    if (!canAsk(answer)) return ifNobodyCanBeAsked();
    if (answer.requestState === undefined) return { askWith: await seal.seal(asked) };
    await opens(seal, answer.requestState, asked);
    if (isYes(answer)) return 'given';
    if (!isAnswered(answer)) return { askWith: await seal.seal(asked) };
    return afterNo(seal, asked);
  };

const isYes = (answer: ClientAnswer): boolean =>
  confirmIn(answer)?.action === 'accept' && confirmIn(answer)?.content?.confirm === true;

export const mistakes: Mistake[] = [
  {
    name: 'sent-is-agreed',
    mistake: 'Who sends the form has agreed, whether the box is ticked or not.',
    caughtBy: ['answer-is-no-yes'],
    controls: {
      requireConfirmation: confirmWith({
        isYes: (answer) => confirmIn(answer)?.action === 'accept',
      }),
    },
  },
  {
    name: 'any-word-is-a-yes',
    mistake: 'Whatever is true to JavaScript is a yes, the text `false` included.',
    caughtBy: ['answer-is-no-yes'],
    controls: {
      requireConfirmation: confirmWith({
        isYes: (answer) =>
          confirmIn(answer)?.action === 'accept' && Boolean(confirmIn(answer)?.content?.confirm),
      }),
    },
  },
  {
    name: 'the-box-alone',
    mistake: 'The box is read, and not what was pressed below it.',
    caughtBy: ['answer-is-no-yes'],
    controls: {
      requireConfirmation: confirmWith({
        isYes: (answer) => confirmIn(answer)?.content?.confirm === true,
      }),
    },
  },
  {
    name: 'all-but-a-no',
    mistake: 'Whatever is no explicit no counts as a yes.',
    caughtBy: ['answer-is-no-yes', 'asks-again-for-what-is-missing'],
    controls: {
      requireConfirmation: confirmWith({
        isYes: (answer) => confirmIn(answer)?.action !== 'decline',
      }),
    },
  },
  {
    name: 'closing-is-agreeing',
    mistake: 'A dialog that was closed counts as one that nobody objected to.',
    caughtBy: ['answer-is-no-yes'],
    controls: {
      requireConfirmation: confirmWith({
        isYes: (answer) => isYes(answer) || confirmIn(answer)?.action === 'cancel',
      }),
    },
  },
  {
    name: 'a-yes-to-anything',
    mistake: 'A yes under any name will do.',
    caughtBy: ['answer-is-no-yes'],
    controls: {
      requireConfirmation: confirmWith({
        isYes: (answer) =>
          Object.values(answersIn(answer)).some(
            (one) => one?.action === 'accept' && one.content?.confirm === true,
          ),
      }),
    },
  },
  {
    name: 'the-state-is-the-yes',
    mistake: 'A state that comes back is taken for the answer.',
    caughtBy: ['answer-is-no-yes', 'a-no-ends-it', 'asks-again-for-what-is-missing'],
    controls: { requireConfirmation: confirmWith({ isYes: () => true }) },
  },
  {
    name: 'a-yes-without-a-question',
    mistake: 'A yes counts without a state, as if it could only be to our question.',
    caughtBy: ['answer-without-question'],
    controls: {
      async requireConfirmation(asked, answer, seal) {
        if (answer.requestState === undefined && declaresForms(answer) && isYes(answer)) {
          return 'given';
        }
        return confirmWith({})(asked, answer, seal);
      },
    },
  },
  {
    name: 'the-state-is-not-opened',
    mistake: 'That there is a state is checked, and nobody opens it.',
    caughtBy: [
      'state-tampered',
      'state-other-user',
      'state-other-arguments',
      'state-other-tool',
      'state-other-object',
      'state-expired',
      'state-twice',
    ],
    controls: { requireConfirmation: confirmWith({ opens: () => undefined }) },
  },
  {
    name: 'the-state-is-opened-for-a-yes',
    mistake: 'The state is opened for a yes only, so that a no leaves it good.',
    caughtBy: ['state-twice'],
    controls: {
      async requireConfirmation(asked, answer, seal) {
        const { requestState } = answer;
        if (requestState !== undefined && declaresForms(answer) && !isYes(answer)) {
          const isAnswered = ACTIONS.includes(String(confirmIn(answer)?.action));
          if (isAnswered) return refuse('The user has not said yes.');
          return { askWith: await seal.seal(asked) };
        }
        return confirmWith({})(asked, answer, seal);
      },
    },
  },
  {
    name: 'who-cannot-be-asked-agrees',
    mistake: 'A client that cannot ask is served as before, so that nothing breaks.',
    caughtBy: ['client-cannot-ask'],
    controls: { requireConfirmation: confirmWith({ ifNobodyCanBeAsked: () => 'given' }) },
  },
  {
    name: 'pages-are-as-good-as-forms',
    mistake: 'Whoever declares elicitation by page alone is served unasked, as there is no form.',
    caughtBy: ['client-cannot-ask'],
    controls: {
      async requireConfirmation(asked, answer, seal) {
        const { elicitation } = answer.capabilities;
        const isDeclared = typeof elicitation === 'object' && elicitation !== null;
        if (isDeclared && !declaresForms(answer)) return 'given';
        return confirmWith({})(asked, answer, seal);
      },
    },
  },
  {
    name: 'an-error-of-ours',
    mistake: 'That a client cannot ask is thrown as an error of the server.',
    caughtBy: ['client-cannot-ask'],
    controls: {
      requireConfirmation: confirmWith({
        ifNobodyCanBeAsked() {
          throw new Error('no elicitation');
        },
      }),
    },
  },
  {
    name: 'answers-from-who-cannot-ask',
    mistake: 'A client that has not declared that it can ask is believed when it answers.',
    caughtBy: ['client-cannot-ask', 'answer-without-question'],
    controls: {
      async requireConfirmation(asked, answer, seal) {
        if (answer.requestState === undefined && isYes(answer)) return 'given';
        return confirmWith({})(asked, answer, seal);
      },
    },
  },
  {
    name: 'forms-by-name-only',
    mistake:
      'A client has to declare `form`; those that declare elicitation without a mode cannot ask.',
    caughtBy: ['asks-whoever-can-ask'],
    controls: {
      requireConfirmation: confirmWith({
        canAsk: ({ capabilities: { elicitation } }) =>
          typeof elicitation === 'object' && elicitation !== null && 'form' in elicitation,
      }),
    },
  },
  {
    name: 'no-one-with-pages',
    mistake: 'A client that can also open pages is taken for one that has no forms.',
    caughtBy: ['asks-whoever-can-ask'],
    controls: {
      requireConfirmation: confirmWith({
        canAsk: (answer) =>
          declaresForms(answer) && !('url' in Object(answer.capabilities.elicitation)),
      }),
    },
  },
  {
    name: 'asks-until-they-give-in',
    mistake: 'After a no the question is asked again, and again.',
    caughtBy: ['a-no-ends-it'],
    controls: {
      requireConfirmation: confirmWith({
        afterNo: async (seal, asked) => ({ askWith: await seal.seal(asked) }),
      }),
    },
  },
  {
    name: 'a-missing-answer-is-a-no',
    mistake: 'A state without an answer is refused, where the client has only lost the answer.',
    caughtBy: ['asks-again-for-what-is-missing'],
    controls: { requireConfirmation: confirmWith({ isAnswered: () => true }) },
  },
  {
    name: 'a-bad-state-is-a-yes',
    mistake: 'What the seal throws is caught for the log, and the answer goes on.',
    caughtBy: [
      'state-tampered',
      'state-other-user',
      'state-other-arguments',
      'state-other-tool',
      'state-other-object',
      'state-expired',
      'state-twice',
    ],
    controls: {
      requireConfirmation: confirmWith({
        async opens(seal, state, asked) {
          try {
            await seal.open(state, asked);
          } catch {
            // As if it were known.
          }
        },
      }),
    },
  },
  {
    name: 'the-seal-is-not-awaited',
    mistake: 'The seal gives a Promise, which is looked at by nobody.',
    caughtBy: [
      'state-tampered',
      'state-other-user',
      'state-other-arguments',
      'state-other-tool',
      'state-other-object',
      'state-expired',
      'state-twice',
    ],
    controls: {
      requireConfirmation: confirmWith({
        opens(seal, state, asked) {
          const opening = seal.open(state, asked);
          if (opening instanceof Promise) opening.catch(() => undefined);
        },
      }),
    },
  },
];
