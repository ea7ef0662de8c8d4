import { z } from 'zod';
import type { ClientAnswer, RequireConfirmation } from '../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../exercises/weather-server/errors.ts';

/** An answer of any kind to the question; without one, it is asked once more. */
const answered = z.object({
  confirm: z.object({ action: z.enum(['accept', 'decline', 'cancel']) }),
});
/** Not `content.confirm` as it comes: the text `false` would be a yes. */
const yes = z.object({
  confirm: z.object({
    action: z.literal('accept'),
    content: z.object({ confirm: z.literal(true) }),
  }),
});

/**
 * A yes counts only together with the state that went out with the question: an answer alone could be
 * to any question, or to none. The state is opened before the answer is read, and used up by it,
 * whatever it says; otherwise a no could be turned into a yes with the same state.
 *
 * Believes the client that its user has answered. Whoever is the client can always say yes; against
 * that there is a confirmation that does not go through it, on a page of the server's own.
 */
export const requireConfirmation: RequireConfirmation = async (asked, answer, seal) => {
  if (!canAsk(answer)) {
    throw new InvalidInputError(
      'This needs a yes from the user, and this client cannot ask for one: it does not declare elicitation with a form. Nothing was changed. Tell the user to do it with a client that can.',
    );
  }
  const { requestState, inputResponses } = answer;
  if (requestState === undefined) return { askWith: await seal.seal(asked) };
  await seal.open(requestState, asked);
  if (yes.safeParse(inputResponses).success) return 'given';
  if (!answered.safeParse(inputResponses).success) return { askWith: await seal.seal(asked) };
  throw new InvalidInputError('The user has not said yes. Nothing was changed.');
};

/** A declaration without a mode means forms, as it did when there were no modes. */
function canAsk({ capabilities: { elicitation } }: ClientAnswer): boolean {
  if (typeof elicitation !== 'object' || elicitation === null) return false;
  return 'form' in elicitation || !('url' in elicitation);
}
