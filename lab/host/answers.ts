/** What controls say that are asked directly: a value, or the words of what they threw. */
import type { Answer } from '../protocol.ts';
import { wordsOfError } from './words-of-error.ts';

export function answered<T>(ask: () => T): Answer<T> {
  try {
    return { value: ask() };
  } catch (error) {
    return { refused: wordsOfError(error) };
  }
}

export async function answeredLater<T>(ask: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await ask() };
  } catch (error) {
    return { refused: wordsOfError(error) };
  }
}

/** All of them begin before any can go on, however quick they are. */
export const atOnce = <T>(asks: (() => Promise<T>)[]): Promise<Answer<T>[]> =>
  Promise.all(asks.map((ask) => answeredLater(ask)));

/** What was made for this key, now or before. */
export function getOrMake<Key, T>(made: Map<Key, T>, key: Key, make: () => T): T {
  const known = made.get(key);
  if (known !== undefined) return known;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}
