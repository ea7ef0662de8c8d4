import { useState } from 'react';

/** True from the first drawing on in which `now` was, so that what came stays, with its focus. */
export function useSince(now: boolean): boolean {
  const [since, setSince] = useState(now);
  if (now && !since) setSince(true);
  return since || now;
}
