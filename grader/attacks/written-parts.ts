/** Texts as payloads write them down: plain, repeated, or in characters that nobody sees. */
import { z } from 'zod';

/** A text, or parts of one: `repeat` a text, write it in `tags` or in variation `selectors`. */
export type Part =
  | string
  | { repeat: string; times: number }
  | { tags: string }
  | { selectors: string }
  | { spread: string; with: string };
export const part: z.ZodType<Part> = z.union([
  z.string().max(20_000),
  z.strictObject({ repeat: z.string().min(1).max(20), times: z.int().min(1).max(100_000) }),
  z.strictObject({ tags: z.string().max(500) }),
  z.strictObject({ selectors: z.string().max(500) }),
  z.strictObject({ spread: z.string().max(500), with: z.string().max(4) }),
]);

export function write(parts: Part[], nonce: string): string {
  const fill = (text: string): string => text.replaceAll('{{nonce}}', nonce);
  return parts
    .map((part) => {
      if (typeof part === 'string') return fill(part);
      if ('repeat' in part) return part.repeat.repeat(part.times);
      if ('tags' in part) return shifted(fill(part.tags), (byte) => 0xe0000 + byte);
      if ('spread' in part) return Array.from(fill(part.spread)).join(part.with);
      return shifted(fill(part.selectors), (byte) =>
        byte < 16 ? 0xfe00 + byte : 0xe0100 + byte - 16,
      );
    })
    .join('');
}

const shifted = (text: string, shift: (byte: number) => number): string =>
  String.fromCodePoint(...Array.from(Buffer.from(text), shift));
