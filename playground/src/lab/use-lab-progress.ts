import { useCallback, useEffect, useRef, useState } from 'react';
import type { Progress, TopicProgress } from '../../lab-api.ts';
import { fetchProgress, saveProgress } from './lab-client.ts';
import { mergeMarks, mergeProgress } from './merge-marks.ts';

/** The learner's marks. The lab keeps them; marks made before it answered are sent afterwards. */
export function useLabProgress() {
  const [progress, setProgress] = useState<Progress>({});
  const known = useRef<Progress>({});
  const loaded = useRef(false);
  /** Topics with marks that the lab has not got yet. */
  const unsaved = useRef(new Set<string>());

  const save = useCallback(async (slug: string): Promise<void> => {
    unsaved.current.delete(slug);
    try {
      await saveProgress(slug, known.current[slug] ?? {});
    } catch {
      // The lab is away, and the page says so elsewhere; this is saved when it is back.
      unsaved.current.add(slug);
    }
  }, []);

  const load = useCallback(
    async (signal?: AbortSignal): Promise<void> => {
      let saved: Progress;
      try {
        saved = await fetchProgress(signal);
      } catch {
        return;
      }
      loaded.current = true;
      known.current = mergeProgress(saved, known.current);
      setProgress(known.current);
      for (const slug of unsaved.current) void save(slug);
    },
    [save],
  );

  useEffect(() => {
    const leaving = new AbortController();
    void load(leaving.signal);
    return () => leaving.abort();
  }, [load]);

  /** Adds marks to a topic, here and in the lab. */
  const mark = useCallback(
    (slug: string, marks: TopicProgress): void => {
      known.current = { ...known.current, [slug]: mergeMarks(known.current[slug], marks) };
      setProgress(known.current);
      // Before the first answer, what is known here is not all there is.
      if (loaded.current) void save(slug);
      else unsaved.current.add(slug);
    },
    [save],
  );

  return { progress, mark, loadProgress: load };
}
