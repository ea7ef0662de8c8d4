import { visit } from 'jsonc-parser';

/**
 * Where a text stops being JSON (RFC 8259), as an offset; undefined for JSON, and for a text that is
 * nested too deeply to be looked at. Browsers say what is wrong with a text, but not all say where.
 */
export function placeOfJsonProblem(text: string): number | undefined {
  let place: number | undefined;
  try {
    const onError = (_error: unknown, offset: number): void => void (place ??= offset);
    visit(text, { onError }, { disallowComments: true, allowTrailingComma: false });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return place;
}
