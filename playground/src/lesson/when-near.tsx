import { useEffect, useRef, useState, type ReactNode } from 'react';

interface WhenNearProps {
  /** Keeps the place free until then. */
  className?: string | undefined;
  /** Does not wait for the reader. */
  wanted?: boolean;
  children: ReactNode;
}

/** Shows its content once the reader is about a screen away, and loads nothing before. */
export function WhenNear({ className, wanted = false, children }: WhenNearProps) {
  const place = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);

  useEffect(() => {
    const watcher = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        watcher.disconnect();
        setNear(true);
      },
      { rootMargin: '100% 0px' },
    );
    if (place.current) watcher.observe(place.current);
    return () => watcher.disconnect();
  }, []);

  return (
    <div ref={place} className={className}>
      {(near || wanted) && children}
    </div>
  );
}
