/** How everything in the page is searched: every word has to occur, in any case and order. */
export const wordsOf = (query: string): string[] =>
  query.toLowerCase().split(/\s+/).filter(Boolean);

/** @param text in lower case */
export const hasEveryWord = (text: string, words: readonly string[]): boolean =>
  words.every((word) => text.includes(word));
