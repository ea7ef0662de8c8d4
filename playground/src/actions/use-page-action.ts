import { useEffect, useEffectEvent } from 'react';
import { offerAction } from './offered-actions.ts';
import type { ActionId } from './page-actions.ts';

/** Offers an action as long as the component is shown; without `act`, it is not offered now. */
export function usePageAction(id: ActionId, act: (() => void) | undefined): void {
  const offered = act !== undefined;
  const actNow = useEffectEvent(() => act?.());
  useEffect(() => (offered ? offerAction(id, () => actNow()) : undefined), [id, offered]);
}
