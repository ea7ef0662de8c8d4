/** After so many tries, which no seed needs. */
const MOST_TRIES = 1000;

/**
 * The numbers from 0 to `length` - 1 in an order that depends on `seed` alone, so that page and
 * terminal agree. None of them stands behind its predecessor, so it is never their own order, nor one
 * that a single exchange turns into it.
 */
export function shuffledIndexes(length: number, seed: string): number[] {
  const next = numbersFrom(seed);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const indexes = shuffle(length, next);
    if (indexes.every((value, at) => value !== (indexes[at - 1] ?? -2) + 1)) return indexes;
  }
  return Array.from({ length }, (_, index) => length - 1 - index);
}

/** Fisher and Yates. */
function shuffle(length: number, next: () => number): number[] {
  const left = Array.from({ length }, (_, index) => index);
  return Array.from({ length }, () => left.splice(next() % left.length, 1)).flat();
}

/** Whole numbers that look arbitrary: FNV-1a over the seed, then xorshift. No secret depends on them. */
function numbersFrom(seed: string): () => number {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(seed)) {
    state = Math.imul(state ^ byte, 0x01000193);
  }
  // Xorshift never leaves zero.
  state ||= 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
