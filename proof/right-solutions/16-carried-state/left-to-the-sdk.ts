import { acceptedContent } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { RequireConfirmation } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Every client is asked, and the SDK refuses to send a question to one that has not declared elicitation (−32021).';

const anyAnswers = z.record(z.string(), z.unknown()).catch({});
const ticked = z.object({ confirm: z.literal(true) });
const pressed = z.looseObject({
  confirm: z.looseObject({ action: z.enum(['accept', 'decline', 'cancel']) }),
});

export const requireConfirmation: RequireConfirmation = async (asked, answer, seal) => {
  const answers = anyAnswers.parse(answer.inputResponses);
  if (answer.requestState !== undefined) {
    await seal.open(answer.requestState, asked);
    if (acceptedContent(answers, 'confirm', ticked)) return 'given';
    if (pressed.safeParse(answers).success) {
      throw new InvalidInputError('The answer was no. Nothing has changed.');
    }
  }
  return { askWith: await seal.seal(asked) };
};
