import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useGrading, type GradeScope } from '../lab-client/grading-context.ts';
import { useLab } from '../lab-client/lab-context.ts';
import { keep, recall } from '../text/page-storage.ts';

const KEY = 'grade-on-save';
/** Two files that are saved together are one change. */
const SETTLED_AFTER_MS = 250;

/** How the learner wants the checks of a topic to be run. */
export interface ChecksOptions {
  /** Whenever a file of the topic is saved; remembered by this browser. */
  onSave: boolean;
  setOnSave: (wanted: boolean) => void;
  scope: GradeScope;
  setScope: (scope: GradeScope) => void;
}

/**
 * Grades the topic at a save, if that is wanted. A grade of other topics is not interrupted.
 * @param onTrack the address asks for the checks of the fast track
 */
export function useChecksOptions(slug: string, onTrack: boolean): ChecksOptions {
  const { stubChange } = useLab();
  const { now, start } = useGrading();
  const [onSave, setOnSave] = useState(() => recall('browser', KEY) === 'true');
  const [scope, setScope] = useState<GradeScope>(onTrack ? 'fast-track' : 'core');
  const [onTrackBefore, setOnTrackBefore] = useState(onTrack);
  if (onTrack !== onTrackBefore) {
    setOnTrackBefore(onTrack);
    if (onTrack) setScope('fast-track');
  }
  /** What was saved before is no reason to run. */
  const latest = useRef(stubChange);

  const gradeAgain = useEffectEvent(() => {
    const isOnlyThis = now.asked.length === 1 && now.asked[0] === slug;
    if (now.state !== 'running' || isOnlyThis) start([slug], scope);
  });
  useEffect(() => {
    if (stubChange === latest.current) return undefined;
    latest.current = stubChange;
    if (!onSave || stubChange?.slug !== slug) return undefined;
    const timer = setTimeout(() => gradeAgain(), SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [stubChange, slug, onSave]);

  function choose(wanted: boolean): void {
    setOnSave(wanted);
    keep('browser', KEY, String(wanted));
  }

  return { onSave, setOnSave: choose, scope, setScope };
}
