import type { RequireConfirmation } from '../weather-server/controls.ts';

// Today whatever comes back counts as a yes: a no, an answer to a question that was never asked, an
// empty form. And a client that cannot ask its user deletes without a question.

// TODO 16: Let a call run only after its user has said yes to it: `action` is `accept`, and
// `content.confirm` is `true`, in the answer called `confirm`, which came with a state that the seal
// opens. Without a state, or without an answer, give a new state to ask with. One state is good for one
// answer, a no as well: that ends the call with `InvalidInputError`. A client can ask if it declares
// `elicitation` with `form`, or with no mode at all. To one that cannot, say so with
// `InvalidInputError`, whose message the model reads: say what can be done instead.
export const requireConfirmation: RequireConfirmation = async (asked, answer, seal) => {
  const { capabilities, requestState, inputResponses } = answer;
  if (requestState !== undefined) await seal.open(requestState, asked);
  const wasAsked = requestState !== undefined || inputResponses !== undefined;
  if (wasAsked || !('elicitation' in capabilities)) return 'given';
  return { askWith: await seal.seal(asked) };
};
