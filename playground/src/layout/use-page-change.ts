import { useEffect, useRef } from 'react';

/**
 * After a change of page: its title in the browser, its top in view, and the focus on its heading,
 * so that keyboard and screen reader start where the eye does. The first page is left alone.
 */
export function usePageChange(key: string, title: string): void {
  const before = useRef(key);

  useEffect(() => {
    document.title = title === '' ? 'Secure an MCP server' : `${title} · Secure an MCP server`;
  }, [title]);

  useEffect(() => {
    if (before.current === key) return;
    before.current = key;
    window.scrollTo({ top: 0, behavior: 'instant' });
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }, [key]);
}
