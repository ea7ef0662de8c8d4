import { createContext, use } from 'react';
import type { GradeNow } from './grade-run.ts';

/** Which checks of a topic are run, besides those that count. */
export type GradeScope = 'core' | 'with-stretch' | 'fast-track';

export interface Grading {
  now: GradeNow;
  /** Grades topics, by slug. What is under way is stopped. */
  start: (topics: string[], scope?: GradeScope) => void;
  stop: () => void;
}

export const GradingContext = createContext<Grading | undefined>(undefined);

export function useGrading(): Grading {
  const grading = use(GradingContext);
  if (!grading) throw new Error('useGrading is used outside GradingProvider');
  return grading;
}
