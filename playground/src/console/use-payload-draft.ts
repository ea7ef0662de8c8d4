import { useSyncExternalStore } from 'react';
import { keep, recall } from '../text/page-storage.ts';
import { escapeInvisibleInJson } from '../../../shared/visible-text.ts';

export interface PayloadDraft {
  text: string;
  /** Whether it differs from the variant as the catalogue has it. */
  edited: boolean;
  edit: (text: string) => void;
  reset: () => void;
}

/**
 * The learner's version of a payload. Drafts outlive a reload of the page, one for each variant.
 *
 * @param key names attack and variant, see `draftKey`
 */
export function usePayloadDraft(key: string, original: string): PayloadDraft {
  const draft = useSyncExternalStore(subscribe, () => readDraft(key));
  const readable = escapeInvisibleInJson(original);
  const text = draft ?? readable;

  return {
    text,
    edited: text !== readable,
    edit: (next) => keepDraft(key, next === readable ? undefined : next),
    reset: () => keepDraft(key, undefined),
  };
}

export const draftKey = (attackId: string, variant: string): string => `${attackId}/${variant}`;

/** Replaces a draft wherever it is shown; `undefined` goes back to what the catalogue has. */
export function keepDraft(key: string, text: string | undefined): void {
  drafts.set(key, text);
  keep('tab', storedAs(key), text);
  for (const tell of listeners) tell();
}

const storedAs = (key: string): string => `payload:${key}`;
const listeners = new Set<() => void>();
/** Of this page: what is stored may be nothing. */
const drafts = new Map<string, string | undefined>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function readDraft(key: string): string | undefined {
  if (!drafts.has(key)) drafts.set(key, recall('tab', storedAs(key)));
  return drafts.get(key);
}
