import { useCallback, useEffect, useRef, useState } from 'react';
import type { Marks, Progress } from '../../lab-api.ts';
import { fetchProgress, saveProgress } from './lab-client.ts';
import { mergeMarks, mergeProgress } from './merge-marks.ts';

/** The learner's progress. The lab keeps it; marks made while it was away are sent afterwards. */
export function useLabProgress() {
  const [progress, setProgress] = useState<Progress>({});
  /** As the lab has it. */
  const saved = useRef<Progress>({});
  /** Topic slug -> marks that the lab has not got yet. */
  const unsaved = useRef(new Map<string, Marks>());
  const latestLoad = useRef(0);

  const show = useCallback((): void => {
    setProgress(mergeProgress(saved.current, Object.fromEntries(unsaved.current)));
  }, []);

  const save = useCallback(async (slug: string): Promise<void> => {
    const sent = unsaved.current.get(slug);
    if (!sent) return;
    try {
      await saveProgress(slug, sent);
    } catch {
      // The lab is away, and the page says so elsewhere; this is saved when it is back.
      return;
    }
    saved.current = { ...saved.current, [slug]: mergeMarks(saved.current[slug], sent) };
    if (unsaved.current.get(slug) === sent) unsaved.current.delete(slug);
  }, []);

  const load = useCallback(
    async (signal?: AbortSignal): Promise<void> => {
      const number = ++latestLoad.current;
      let fetched: Progress;
      try {
        fetched = await fetchProgress(signal);
      } catch {
        return;
      }
      if (number !== latestLoad.current) return;
      saved.current = fetched;
      show();
      for (const slug of unsaved.current.keys()) void save(slug);
    },
    [save, show],
  );

  useEffect(() => {
    const leaving = new AbortController();
    void load(leaving.signal);
    return () => leaving.abort();
  }, [load]);

  /** Adds marks to a topic, here and in the lab. */
  const mark = useCallback(
    (slug: string, marks: Marks): void => {
      unsaved.current.set(slug, mergeMarks(unsaved.current.get(slug), marks));
      show();
      void save(slug);
    },
    [save, show],
  );

  return { progress, mark, loadProgress: load };
}
