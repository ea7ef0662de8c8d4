/** How much of session ids is left to guess, from a few of them that were issued one after another. */

/** A run of equal characters this long is no chance. */
const SHORTEST_RUN = 4;
/** The server's clock may be wrong by as much. */
const DAY_MS = 24 * 60 * 60 * 1000;

/** Notations of the time of issue in milliseconds or seconds, as they are met in ids. */
const TIMES: { pattern: RegExp; read: (text: string) => number }[] = [
  { pattern: /\d{13}/g, read: Number },
  { pattern: /\d{10}/g, read: (text) => Number(text) * 1000 },
  { pattern: /[0-9a-f]{12}/gi, read: (text) => Number.parseInt(text, 16) },
  { pattern: /[0-9a-f]{11}/gi, read: (text) => Number.parseInt(text, 16) },
  { pattern: /[0-9a-z]{8}/gi, read: (text) => Number.parseInt(text, 36) },
];

/**
 * Bits that somebody would have to guess who knows when the ids were issued, and one of them. What is
 * the same in all of them does not count, nor does a time. It is an upper bound: that a generator can
 * be predicted is not to be seen from outside.
 */
export function guessableBits(ids: readonly string[], now = Date.now()): number {
  const rest = ids.map((id) => withoutTime(id.replaceAll('-', ''), now));
  const varying = rest.every(({ length }) => length === rest[0]?.length)
    ? withoutCommonRuns(rest)
    : rest;
  const shortest = Math.min(...varying.map(({ length }) => length));
  return Math.floor(shortest * bitsPerCharacter(varying.join('')));
}

function withoutTime(id: string, now: number): string {
  for (const { pattern, read } of TIMES) {
    // Each place, not each match: a time may begin in the middle of other characters.
    for (let at = 0; at < id.length; at++) {
      const [found] =
        new RegExp(`^(?:${pattern.source})`, pattern.flags.replace('g', '')).exec(id.slice(at)) ??
        [];
      if (found !== undefined && Math.abs(read(found) - now) < DAY_MS) {
        return id.slice(0, at) + id.slice(at + found.length);
      }
    }
  }
  return id;
}

function withoutCommonRuns(ids: string[]): string[] {
  const [first = '', ...others] = ids;
  if (others.length === 0) return ids;
  const isCommon = Array.from(first).map((character, at) =>
    others.every((id) => id[at] === character),
  );
  const kept = isCommon.map((_, at) => !isInRun(isCommon, at));
  return ids.map((id) =>
    Array.from(id)
      .filter((_, at) => kept[at])
      .join(''),
  );
}

function isInRun(isCommon: boolean[], at: number): boolean {
  if (!isCommon[at]) return false;
  let [begin, end] = [at, at];
  while (isCommon[begin - 1]) begin--;
  while (isCommon[end + 1]) end++;
  return end - begin + 1 >= SHORTEST_RUN;
}

/** By the smallest usual alphabet that has all the characters. */
function bitsPerCharacter(text: string): number {
  if (/^\d*$/.test(text)) return Math.log2(10);
  if (/^(?:[\da-f]*|[\dA-F]*)$/.test(text)) return 4;
  if (/^(?:[\da-z]*|[\dA-Z]*)$/.test(text)) return Math.log2(36);
  return 6;
}
