import { useEffect, useState } from 'react';
import { lessonLoader, type LessonModule } from './lessons.ts';

export type LessonState =
  | { state: 'loading' }
  | { state: 'ready'; lesson: LessonModule }
  | { state: 'missing' }
  | { state: 'failed'; message: string };

/** Loads a topic's lesson. For one topic only: give the component that calls it a `key`. */
export function useLesson(slug: string): LessonState {
  const load = lessonLoader(slug);
  const [state, setState] = useState<LessonState>(
    load ? { state: 'loading' } : { state: 'missing' },
  );

  useEffect(() => {
    let left = false;
    load?.().then(
      (lesson) => left || setState({ state: 'ready', lesson }),
      (error: unknown) => left || setState({ state: 'failed', message: String(error) }),
    );
    return () => {
      left = true;
    };
  }, [load]);

  return state;
}
