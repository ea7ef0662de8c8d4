import type { ChangeSpec } from '@codemirror/state';
import { diffLines } from 'diff';

/** Beyond this many changed lines, comparing takes longer than it is worth. */
const MOST_CHANGES = 500;

/** What turns one text into the other, line by line, so that a cursor stays with its line. */
export function changesBetween(before: string, after: string): ChangeSpec[] {
  const parts = diffLines(before, after, { maxEditLength: MOST_CHANGES });
  if (!parts) return [{ from: 0, to: before.length, insert: after }];
  const changes: { from: number; to: number; insert: string }[] = [];
  let at = 0;
  for (const { added, removed, value } of parts) {
    const last = changes.at(-1);
    if (removed) {
      changes.push({ from: at, to: at + value.length, insert: '' });
      at += value.length;
    } else if (added) {
      // What replaces the lines before belongs to the same change.
      if (last?.to === at && last.insert === '') last.insert = value;
      else changes.push({ from: at, to: at, insert: value });
    } else {
      at += value.length;
    }
  }
  return changes;
}
