import type { RequireSingleMessage } from '../../../exercises/weather-server/controls.ts';
import { InvalidMessageError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'Batches are accepted as the SDK accepts them; every call in one is counted.';

// The limiter of the solution counts calls, not requests, so that an array brings no discount.
export const requireSingleMessage: RequireSingleMessage = (body) => {
  const isNested = Array.isArray(body) && body.some(Array.isArray);
  if (isNested) throw new InvalidMessageError('An array of arrays is not a batch.');
};
