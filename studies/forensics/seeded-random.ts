/** Chance that can be repeated: the same seed gives the same incident. */
export interface SeededRandom {
  /** From 0, below `below`. */
  below(below: number): number;
  /** Both ends included. */
  between(least: number, most: number): number;
  pick<T>(from: readonly T[]): T;
  shuffle<T>(all: readonly T[]): T[];
}

/** Mulberry32. Good enough to deal roles; never for anything secret. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const random: SeededRandom = {
    below: (below) => Math.floor(next() * below),
    between: (least, most) => least + random.below(most - least + 1),
    pick: (from) => from[random.below(from.length)] as (typeof from)[number],
    shuffle(all) {
      const dealt = [...all];
      for (let last = dealt.length - 1; last > 0; last--) {
        const other = random.below(last + 1);
        [dealt[last], dealt[other]] = [dealt[other]!, dealt[last]!];
      }
      return dealt;
    },
  };
  return random;
}
