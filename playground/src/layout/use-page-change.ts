import { useEffect } from 'react';

/** Key of the page that was shown last. */
let shown: string | undefined;

/**
 * After a change of page: its title in the browser, its top in view, and the focus on its heading,
 * so that keyboard and screen reader start where the eye does. The first page is left alone.
 */
export function usePageChange(key: string, title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Secure an MCP server' : `${title} · Secure an MCP server`;
  }, [title]);

  useEffect(() => {
    const before = shown;
    shown = key;
    if (before === undefined || before === key) return;
    // A link to a heading has brought the reader there already.
    if (document.activeElement?.matches('main :is(h2, h3, h4)')) return;
    window.scrollTo({ top: 0, behavior: 'instant' });
    // A tool that is not shown has a heading as well.
    const headings = [...document.querySelectorAll<HTMLElement>('main h1')];
    headings.find((heading) => heading.checkVisibility())?.focus({ preventScroll: true });
  }, [key]);
}
