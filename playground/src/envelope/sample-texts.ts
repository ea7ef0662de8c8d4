import type { Owner } from '../../../studies/envelope/shared.ts';

/** Two credentials to begin with. */
export const sampleTexts: Record<Owner, string> = {
  alice: 'wk-alice-4f1c90',
  bob: 'wk-bob-d27e66',
};
