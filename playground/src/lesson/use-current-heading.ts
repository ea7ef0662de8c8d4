import { useEffect, useState } from 'react';

/** A heading counts as soon as it is this far below the masthead, in pixels. */
const BELOW_MASTHEAD = 90;

/** Which of these headings the reader is below: the last one that has passed the top of the page. */
export function useCurrentHeading(ids: readonly string[]): string | undefined {
  const [current, setCurrent] = useState<string>();
  // One text, so that a list made anew for each drawing does not begin all over.
  const joined = ids.join('\n');

  useEffect(() => {
    const all = joined.split('\n');
    let frame = 0;
    function look(): void {
      frame = 0;
      const top = (document.querySelector('header')?.offsetHeight ?? 0) + BELOW_MASTHEAD;
      const passed = all.filter((id) => {
        const heading = document.getElementById(id);
        // What is folded away has no place.
        if (!heading?.checkVisibility()) return false;
        return heading.getBoundingClientRect().top <= top;
      });
      setCurrent(passed.at(-1));
    }
    const lookSoon = (): void => {
      frame ||= requestAnimationFrame(look);
    };
    lookSoon();
    window.addEventListener('scroll', lookSoon, { passive: true });
    window.addEventListener('resize', lookSoon);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('scroll', lookSoon);
      window.removeEventListener('resize', lookSoon);
    };
  }, [joined]);

  return current;
}
