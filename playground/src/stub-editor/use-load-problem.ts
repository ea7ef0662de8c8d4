import { useState } from 'react';
import { useLab, type StubChange } from '../lab-client/lab-context.ts';

/** Why the files of a topic could not be loaded when one of them was saved last. */
export function useLoadProblem(slug: string): string | undefined {
  const { stubChange } = useLab();
  const [latest, setLatest] = useState<StubChange>();
  if (stubChange && stubChange.slug === slug && stubChange !== latest) setLatest(stubChange);
  return latest?.problem;
}
