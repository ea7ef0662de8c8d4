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

/** What is longer would leave no room for the rest; in characters. */
const LONGEST_JSON = 600_000;

/**
 * Keeps a value that JSON can hold; what is too long is forgotten.
 * @param cleaned takes out of the text what has no place in storage
 */
export function keepJson(
  keeper: Keeper,
  key: string,
  value: unknown,
  cleaned = (text: string): string => text,
): void {
  const text = cleaned(JSON.stringify(value));
  keep(keeper, key, text.length > LONGEST_JSON ? undefined : text);
}

/** What was kept, for `isIt` to say whether it is of this version of the page. */
export function recallJson<Value>(
  keeper: Keeper,
  key: string,
  isIt: (value: unknown) => value is Value,
): Value | undefined {
  try {
    const value: unknown = JSON.parse(recall(keeper, key) ?? 'null');
    return isIt(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
