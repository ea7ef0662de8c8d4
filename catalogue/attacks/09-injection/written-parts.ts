/** Texts as payloads write them down: plain, repeated, or in characters that nobody sees. */
import { z } from 'zod';

/**
 * A text, or parts of one: `repeat` a text, write it in `tags`, in variation `selectors` or bit by bit in
 * `joiners`, or `spread` it.
 */
export type Part =
  | string
  | { repeat: string; times: number }
  | { tags: string }
  | { selectors: string }
  | { joiners: string }
  | { spread: string; with: string };
export const part: z.ZodType<Part> = z.union([
  z.string().max(20_000),
  z.strictObject({ repeat: z.string().min(1).max(20), times: z.int().min(1).max(100_000) }),
  z.strictObject({ tags: z.string().max(500) }),
  z.strictObject({ selectors: z.string().max(500) }),
  z.strictObject({ joiners: z.string().max(500) }),
  z.strictObject({ spread: z.string().max(500), with: z.string().max(4) }),
]);

export function write(parts: Part[], nonce: string): string {
  const fill = (text: string): string => text.replaceAll('{{nonce}}', nonce);
  return parts
    .map((part) => {
      if (typeof part === 'string') return fill(part);
      if ('repeat' in part) return part.repeat.repeat(part.times);
      if ('tags' in part) return shifted(fill(part.tags), (byte) => 0xe0000 + byte);
      if ('joiners' in part) return inJoiners(fill(part.joiners));
      if ('spread' in part) return Array.from(fill(part.spread)).join(part.with);
      return shifted(fill(part.selectors), (byte) =>
        byte < 16 ? 0xfe00 + byte : 0xe0100 + byte - 16,
      );
    })
    .join('');
}

const shifted = (text: string, shift: (byte: number) => number): string =>
  String.fromCodePoint(...Array.from(Buffer.from(text), shift));

/** Eight for each byte: a non-joiner is 0, a joiner is 1. */
const inJoiners = (text: string): string =>
  Array.from(Buffer.from(text), (byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .replaceAll('0', '\u200c')
    .replaceAll('1', '\u200d');
