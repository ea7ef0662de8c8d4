import { useState } from 'react';

/**
 * Which tool is looked at: the one that was picked last, until the address asks for one.
 * @param opened what the address asks for
 * @param asked what changes whenever it asks anew, be it for the same tool
 */
export function useShownTool<Id extends string>(
  opened: Id | undefined,
  first: Id,
  asked: string | undefined,
): [shown: Id, show: (id: Id) => void] {
  const [shown, setShown] = useState(opened ?? first);
  const [askedBefore, setAskedBefore] = useState(asked);
  if (asked !== askedBefore) {
    setAskedBefore(asked);
    if (opened !== undefined) setShown(opened);
  }
  return [shown, setShown];
}
