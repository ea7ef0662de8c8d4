/** Scrolls a list that is longer than the screen, and nothing but the list. */
export function keepInView(pane: Element | null, item: Element | null): void {
  if (!pane || !item || pane.scrollHeight <= pane.clientHeight) return;
  const outer = pane.getBoundingClientRect();
  const inner = item.getBoundingClientRect();
  // The neighbors of the item show that there is more.
  const room = inner.height;
  if (inner.top - room < outer.top) pane.scrollTop -= outer.top - inner.top + room;
  else if (inner.bottom + room > outer.bottom) pane.scrollTop += inner.bottom - outer.bottom + room;
}
