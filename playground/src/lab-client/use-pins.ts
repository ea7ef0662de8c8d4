import { useState } from 'react';
import type { Pin } from '../../../grader/progress/progress.ts';
import { describeProblem, pinPayload, unpinPayload } from './lab-client.ts';
import { useLab } from './lab-context.ts';

/** What came of the latest wish, as a sentence. */
export interface PinNote {
  text: string;
  isProblem: boolean;
}

/** The learner's own checks of one attack. The lab keeps them. */
export function usePins(slug: string, attackId: string) {
  const { progress, loadProgress } = useLab();
  const [note, setNote] = useState<PinNote>();
  const pins: Pin[] = (progress[slug]?.pins ?? []).filter(({ attack }) => attack === attackId);

  /** Whether it was done. */
  async function ask(wish: () => Promise<void>, done: string): Promise<boolean> {
    try {
      await wish();
    } catch (error) {
      setNote({ text: describeProblem(error), isProblem: true });
      return false;
    }
    await loadProgress();
    setNote({ text: done, isProblem: false });
    return true;
  }

  return {
    pins,
    note,
    pin: (name: string, payload: string) =>
      ask(
        () => pinPayload({ attackId, name, payload }),
        `Pinned. npm run grade -- ${slug.slice(0, 2)} fires it from now on.`,
      ),
    unpin: (name: string) =>
      ask(() => unpinPayload({ attackId, name }), `“${name}” is no longer a check.`),
  };
}
