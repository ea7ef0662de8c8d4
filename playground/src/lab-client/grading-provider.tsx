import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { applyStep, beginGrade, breakOff, fileSaved } from './grade-run.ts';
import { GradingContext, type Grading, type GradeScope } from './grading-context.ts';
import { describeProblem, gradeTopics, LabError } from './lab-client.ts';
import { keepGrade, recallGrade } from './kept-grade.ts';
import { useLab } from './lab-context.ts';

interface GradingProviderProps {
  children: ReactNode;
}

/**
 * Grades for the whole page: a grade goes on, and its results stay, while the reader looks at an
 * attack or another topic. Closing the page ends it.
 */
export function GradingProvider({ children }: GradingProviderProps) {
  const { stubChange } = useLab();
  const [now, setNow] = useState(recallGrade);
  useEffect(() => {
    if (now.state !== 'running' && now.state !== 'idle') keepGrade(now);
  }, [now]);
  const underWay = useRef<AbortController>(undefined);
  useEffect(() => () => underWay.current?.abort(), []);

  const [seenChange, setSeenChange] = useState(stubChange);
  if (stubChange && stubChange !== seenChange) {
    setSeenChange(stubChange);
    setNow((before) => fileSaved(before, stubChange.slug));
  }

  const follow = useCallback(async (topics: string[], scope: GradeScope): Promise<void> => {
    underWay.current?.abort();
    const stopped = new AbortController();
    underWay.current = stopped;
    const fastTrack = scope === 'fast-track';
    const stretch = scope === 'with-stretch';
    setNow((before) => beginGrade(breakOff(before), topics, fastTrack));
    try {
      for await (const step of await gradeTopics({ topics, stretch, fastTrack }, stopped.signal)) {
        if (stopped.signal.aborted) return;
        setNow((before) => applyStep(before, step));
        if (step.type === 'done') return;
      }
      throw new LabError('The lab stopped before all checks were through.', 0);
    } catch (error) {
      if (stopped.signal.aborted) return;
      setNow((before) => breakOff(before, describeProblem(error)));
    }
  }, []);

  const grading: Grading = useMemo(
    () => ({
      now,
      start: (topics, scope = 'core') => void follow(topics, scope),
      stop() {
        underWay.current?.abort();
        setNow((before) => breakOff(before));
      },
    }),
    [now, follow],
  );
  return <GradingContext value={grading}>{children}</GradingContext>;
}
