/** Brings a heading of the lesson into view, and the focus to it. */
export function goToHeading(id: string): void {
  const heading = document.getElementById(id);
  heading?.scrollIntoView({ behavior: 'instant', block: 'start' });
  heading?.focus({ preventScroll: true });
}
