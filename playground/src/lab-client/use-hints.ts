import { useEffect, useState } from 'react';
import type { ShownHints } from '../../lab-api.ts';
import { describeProblem, showHints } from './lab-client.ts';
import { useLab } from './lab-context.ts';

/** The hints of a topic. The lab keeps count, together with `npm run hint`. */
export function useHints(topic: string) {
  const { progress, loadProgress } = useLab();
  const [shown, setShown] = useState<ShownHints>();
  const [problem, setProblem] = useState<string>();
  const seen = progress[topic]?.hints ?? 0;

  useEffect(() => {
    let left = false;
    const show = (hints: ShownHints): void => {
      if (!left) setShown(hints);
    };
    // Somebody may have asked in a terminal. What cannot be had now is asked for with the button.
    if (seen > 0) void showHints({ topic, again: true }).then(show, () => undefined);
    return () => {
      left = true;
    };
  }, [topic, seen]);

  async function showNext(): Promise<void> {
    try {
      setShown(await showHints({ topic, again: false }));
      setProblem(undefined);
      await loadProgress();
    } catch (error) {
      setProblem(describeProblem(error));
    }
  }

  // There is none after progress was forgotten.
  return { shown: seen > 0 ? shown : undefined, problem, showNext };
}
