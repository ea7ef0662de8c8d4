import type { KeptEdits } from './stub-draft.ts';

const keyOf = (file: string): string => `unsaved:${file}`;

/** Edits of this file that this browser remembers. */
export function recallEdits(file: string): KeptEdits | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(file)) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return undefined;
    if (!('version' in kept && 'text' in kept)) return undefined;
    const { version, text } = kept;
    return typeof version === 'string' && typeof text === 'string' ? { version, text } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether it was done: storage may be full or switched off. */
export function keepEdits(file: string, edits: KeptEdits | undefined): boolean {
  try {
    if (edits) localStorage.setItem(keyOf(file), JSON.stringify(edits));
    else localStorage.removeItem(keyOf(file));
    return true;
  } catch {
    return false;
  }
}
