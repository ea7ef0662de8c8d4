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

export const targetOptions = targetNames.map((value) => ({ value, title: targetTitles[value] }));

export const notedTargetOptions = targetOptions.map((option) => ({
  ...option,
  note: targetNotes[option.value],
}));

/** What `judge` makes of each target's answer. */
export function byTarget<Answer, Result>(
  answers: Partial<Record<TargetName, Answer>>,
  judge: (answer: Answer) => Result,
): Partial<Record<TargetName, Result>> {
  const results: Partial<Record<TargetName, Result>> = {};
  for (const name of targetNames) {
    const answer = answers[name];
    if (answer) results[name] = judge(answer);
  }
  return results;
}
