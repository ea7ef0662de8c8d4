import type { TargetName } from '../../lab-api.ts';

/** In the order in which they are shown. */
export const targetNames: readonly TargetName[] = ['baseline', 'yours', 'reference'];

export const targetTitles: Record<TargetName, string> = {
  baseline: 'Baseline',
  yours: 'Yours',
  reference: 'Reference',
};

export const targetNotes: Record<TargetName, string> = {
  baseline: 'insecure for ever',
  yours: 'runs your files',
  reference: 'the solution',
};
