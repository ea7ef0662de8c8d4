import { useState } from 'react';
import { useLab, type StubChange } from '../lab-client/lab-context.ts';

/** Why the files of a topic cannot be loaded, as far as anybody has tried. */
export function useLoadProblem(slug: string): string | undefined {
  const { stubChange, progress } = useLab();
  const [latest, setLatest] = useState<StubChange>();
  if (stubChange && stubChange.slug === slug && stubChange !== latest) setLatest(stubChange);
  return latest ? latest.problem : progress[slug]?.problem;
}
