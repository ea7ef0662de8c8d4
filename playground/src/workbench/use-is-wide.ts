import { useSyncExternalStore } from 'react';

/** Room for lesson and tools side by side; the style sheets say the same. */
const query = window.matchMedia('(min-width: 64rem)');

export const useIsWide = (): boolean => useSyncExternalStore(subscribe, () => query.matches);

function subscribe(listener: () => void): () => void {
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
