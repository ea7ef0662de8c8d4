import type { StructuredPatch } from 'diff';

/** A line of both files; the one that has nothing there is undefined. */
export interface Row {
  left: string | undefined;
  right: string | undefined;
  changed: boolean;
}

/** The hunks of a patch with its two files beside each other. Changed lines are paired in order. */
export function pairLines(patch: StructuredPatch): Row[][] {
  return patch.hunks.map(({ lines }) => {
    const rows: Row[] = [];
    let removed: string[] = [];
    let added: string[] = [];
    const pairChanges = (): void => {
      for (let index = 0; index < Math.max(removed.length, added.length); index++) {
        rows.push({ left: removed[index], right: added[index], changed: true });
      }
      removed = [];
      added = [];
    };
    for (const line of lines) {
      const text = line.slice(1);
      if (line.startsWith('-')) removed.push(text);
      else if (line.startsWith('+')) added.push(text);
      else if (line.startsWith(' ')) {
        pairChanges();
        rows.push({ left: text, right: text, changed: false });
      }
    }
    pairChanges();
    return rows;
  });
}

/** A text in pieces of `width` characters each, padded; at least one. */
export function foldLine(text: string, width: number): string[] {
  const characters = Array.from(text);
  const pieces = Array.from({ length: Math.max(1, Math.ceil(characters.length / width)) });
  return pieces.map((_, index) => {
    const piece = characters.slice(index * width, (index + 1) * width);
    return piece.join('') + ' '.repeat(width - piece.length);
  });
}
