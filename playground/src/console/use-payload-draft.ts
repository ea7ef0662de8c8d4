import { useSyncExternalStore } from 'react';
import { escapeInvisibleInJson } from '../text/visible-text.ts';

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
  writeDraft(key, text);
  for (const tell of listeners) tell();
}

const listeners = new Set<() => void>();
/** Of this page; storage may be full or switched off. */
const drafts = new Map<string, string | undefined>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function readDraft(key: string): string | undefined {
  if (!drafts.has(key)) drafts.set(key, readStored(key));
  return drafts.get(key);
}

function readStored(key: string): string | undefined {
  try {
    return sessionStorage.getItem(`payload:${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}

function writeDraft(key: string, text: string | undefined): void {
  try {
    if (text === undefined) sessionStorage.removeItem(`payload:${key}`);
    else sessionStorage.setItem(`payload:${key}`, text);
  } catch {
    // The draft then lasts until the page is closed.
  }
}
