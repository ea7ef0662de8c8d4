/**
 * Brings a heading of the lesson into view, and the focus to it. What is folded under it unfolds,
 * but for the solution.
 */
export function goToHeading(id: string): void {
  const heading = document.getElementById(id);
  // A heading stands in a line of its own, with a link.
  const below = heading?.parentElement?.nextElementSibling;
  if (below instanceof HTMLDetailsElement && !('spoils' in below.dataset)) below.open = true;
  heading?.scrollIntoView({ behavior: 'instant', block: 'start' });
  heading?.focus({ preventScroll: true });
}
