/**
 * Brings a heading of the lesson into view, and the focus to it. What is folded under it unfolds,
 * but for the solution; so does what it is folded into.
 */
export function goToHeading(id: string): void {
  const heading = document.getElementById(id);
  // A heading stands in a line of its own, with a link.
  const below = heading?.parentElement?.nextElementSibling;
  for (const fold of [below, heading?.closest('details')]) {
    if (fold instanceof HTMLDetailsElement && !('spoils' in fold.dataset)) fold.open = true;
  }
  heading?.scrollIntoView({ behavior: 'instant', block: 'start' });
  heading?.focus({ preventScroll: true });
}

/** Leaves room for a heading that was just brought into view, in pixels. */
const ROOM = 24;

/** The heading after the one that the reader is at, or the one before. */
export function goToNeighbour(by: 1 | -1): void {
  const all = document.querySelectorAll<HTMLElement>('article :is(h2, h3)[id]');
  // What is folded away has no place.
  const headings = [...all].filter((heading) => heading.checkVisibility());
  const top = (document.querySelector('header')?.offsetHeight ?? 0) + ROOM;
  const placed = headings.map((heading) => ({ heading, y: heading.getBoundingClientRect().top }));
  const next =
    by === 1 ? placed.find(({ y }) => y > top + ROOM) : placed.findLast(({ y }) => y < top - ROOM);
  if (next) goToHeading(next.heading.id);
}
