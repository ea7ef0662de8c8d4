/** Between offsets of a text, as the editor counts, and lines and characters, as LSP 3.17 does: UTF-16 both. */

export interface Position {
  line: number;
  character: number;
}

/** @param text whose lines end with `\n` */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length - 1, character: offset - before.lastIndexOf('\n') - 1 };
}

/** Of a position that is not in the text, the nearest. */
export function offsetAt(text: string, { line, character }: Position): number {
  let start = 0;
  for (let passed = 0; passed < line; passed++) {
    const end = text.indexOf('\n', start);
    if (end === -1) return text.length;
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return Math.min(start + character, end === -1 ? text.length : end);
}
