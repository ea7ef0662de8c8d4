import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';
import { keep, recall } from '../text/page-storage.ts';

const keyOf = (slug: string): string => `lesson-place:${slug}`;

/**
 * Keeps how far the reader is in a lesson: while another tool has its place, and over a reload. The
 * lesson scrolls with the page, so that hiding it would lose the place.
 *
 * @param shown whether the lesson is on the page now
 * @param ready whether its text is there
 * @param anchored the address names a heading, which is brought into view instead
 */
export function useLessonPlace(
  slug: string,
  shown: boolean,
  ready: boolean,
  anchored: boolean,
): void {
  const place = useRef(Number(recall('tab', keyOf(slug)) ?? 0) || 0);
  const back = useRef(!anchored);

  const keepPlace = useEffectEvent(() => void keep('tab', keyOf(slug), String(place.current)));

  useLayoutEffect(() => {
    if (!shown || !ready) return undefined;
    if (back.current) window.scrollTo({ top: place.current, behavior: 'instant' });
    back.current = true;
    let frame = 0;
    const look = (): void => {
      place.current = window.scrollY;
    };
    const lookSoon = (): void => {
      look();
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        keepPlace();
      });
    };
    window.addEventListener('scroll', lookSoon, { passive: true });
    return () => {
      // A scroll of just now may not have been told of yet. What hides the lesson is done after this.
      look();
      cancelAnimationFrame(frame);
      window.removeEventListener('scroll', lookSoon);
    };
  }, [shown, ready]);

  useEffect(() => {
    if (!shown) window.scrollTo({ top: 0, behavior: 'instant' });
  }, [shown]);
}
