import type { RequireConfirmation } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'A state that does not open is treated as none: the user is simply asked anew.';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

export const requireConfirmation: RequireConfirmation = async (asked, answer, seal) => {
  const { capabilities, requestState, inputResponses } = answer;
  const { elicitation } = capabilities;
  const hasForms = isObject(elicitation) && (elicitation.form !== undefined || !elicitation.url);
  if (!hasForms) {
    throw new InvalidInputError('Open the alerts page to do this; this client cannot ask you.');
  }
  const opens = async (state: string): Promise<boolean> => {
    try {
      await seal.open(state, asked);
      return true;
    } catch (error) {
      if (error instanceof InvalidInputError) return false;
      throw error;
    }
  };
  const answered = isObject(inputResponses) ? inputResponses.confirm : undefined;
  if (requestState !== undefined && isObject(answered) && (await opens(requestState))) {
    const { action, content } = answered;
    const isYes = action === 'accept' && isObject(content) && content.confirm === true;
    if (isYes) return 'given';
    throw new InvalidInputError('That was no yes, so that nothing was done.');
  }
  return { askWith: await seal.seal(asked) };
};
