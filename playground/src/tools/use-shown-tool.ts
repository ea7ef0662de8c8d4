import { useState } from 'react';

/**
 * Which tool is looked at: the one that was picked last, until the address asks for one.
 * @param opened what the address asks for
 */
export function useShownTool<Id extends string>(
  opened: Id | undefined,
  first: Id,
): [shown: Id, show: (id: Id) => void] {
  const [shown, setShown] = useState(opened ?? first);
  const [openedBefore, setOpenedBefore] = useState(opened);
  if (opened !== openedBefore) {
    setOpenedBefore(opened);
    if (opened !== undefined) setShown(opened);
  }
  return [shown, setShown];
}
