export interface NumberedLine {
  /** Counted from 1, in the whole log. */
  number: number;
  text: string;
}

/** Lines that hold every word of `filter`, in any order and case. */
export function filterLines(lines: readonly string[], filter: string): NumberedLine[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return lines
    .map((text, index) => ({ number: index + 1, text }))
    .filter(({ text }) => {
      const line = text.toLowerCase();
      return words.every((word) => line.includes(word));
    });
}

const MOST_NAMED = 12;

/** `Lines 3, 4 and 9`, for people. */
export function nameLines(numbers: readonly number[]): string {
  const named = numbers.slice(0, MOST_NAMED).map(String);
  const more = numbers.length - named.length;
  if (more > 0) return `Lines ${named.join(', ')} and ${more} more`;
  const last = named.at(-1) ?? '';
  return named.length < 2 ? `Line ${last}` : `Lines ${named.slice(0, -1).join(', ')} and ${last}`;
}
