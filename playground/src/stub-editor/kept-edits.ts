import { keep, recall } from '../text/page-storage.ts';
import type { KeptEdits } from './stub-draft.ts';

const keyOf = (file: string): string => `unsaved:${file}`;

/** Edits of this file that this browser remembers. */
export function recallEdits(file: string): KeptEdits | undefined {
  const kept = parsed(recall('browser', keyOf(file)) ?? 'null');
  if (typeof kept !== 'object' || kept === null) return undefined;
  if (!('version' in kept && 'text' in kept)) return undefined;
  const { version, text } = kept;
  return typeof version === 'string' && typeof text === 'string' ? { version, text } : undefined;
}

/** Whether it was done. */
export const keepEdits = (file: string, edits: KeptEdits | undefined): boolean =>
  keep('browser', keyOf(file), edits && JSON.stringify(edits));

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
