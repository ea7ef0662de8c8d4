/** What outlives a reload: in this tab, or in this browser. Storage may be full or switched off. */
export type Keeper = 'tab' | 'browser';

const storageOf = (keeper: Keeper): Storage => (keeper === 'tab' ? sessionStorage : localStorage);

export function recall(keeper: Keeper, key: string): string | undefined {
  try {
    return storageOf(keeper).getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a text, or forgets it; whether that was done. */
export function keep(keeper: Keeper, key: string, text: string | undefined): boolean {
  try {
    if (text === undefined) storageOf(keeper).removeItem(key);
    else storageOf(keeper).setItem(key, text);
    return true;
  } catch {
    return false;
  }
}
