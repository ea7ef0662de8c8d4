import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useGrading } from '../lab/grading-context.ts';
import { useLab } from '../lab/lab-context.ts';

const KEY = 'grade-on-save';
/** Two files that are saved together are one change. */
const SETTLED_AFTER_MS = 250;

/**
 * Grades a topic whenever a file of it is saved, if the learner wants that: a wish, remembered by
 * this browser. A grade of other topics is not interrupted.
 */
export function useGradeOnSave(
  slug: string,
  withStretch: boolean,
): [boolean, (wanted: boolean) => void] {
  const { stubChange } = useLab();
  const { now, start } = useGrading();
  const [wanted, setWanted] = useState(isWanted);
  /** What was saved before the tool was opened is no reason to run. */
  const latest = useRef(stubChange);

  const gradeAgain = useEffectEvent(() => {
    const isOnlyThis = now.asked.length === 1 && now.asked[0] === slug;
    if (now.state !== 'running' || isOnlyThis) start([slug], withStretch);
  });
  useEffect(() => {
    if (!wanted || stubChange === latest.current) return undefined;
    latest.current = stubChange;
    if (stubChange?.slug !== slug) return undefined;
    const timer = setTimeout(() => gradeAgain(), SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [stubChange, slug, wanted]);

  function choose(next: boolean): void {
    latest.current = stubChange;
    setWanted(next);
    try {
      localStorage.setItem(KEY, String(next));
    } catch {
      // Storage may be switched off; the choice then lasts until the page is closed.
    }
  }

  return [wanted, choose];
}

function isWanted(): boolean {
  try {
    return localStorage.getItem(KEY) === 'true';
  } catch {
    return false;
  }
}
