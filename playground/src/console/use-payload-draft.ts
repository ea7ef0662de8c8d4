import { useState } from 'react';
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
 * @param key names attack and variant
 */
export function usePayloadDraft(key: string, original: string): PayloadDraft {
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  const readable = escapeInvisibleInJson(original);
  const text = drafts[key] ?? readDraft(key) ?? readable;

  return {
    text,
    edited: text !== readable,
    edit(next) {
      setDrafts({ ...drafts, [key]: next });
      writeDraft(key, next === readable ? undefined : next);
    },
    reset() {
      setDrafts({ ...drafts, [key]: readable });
      writeDraft(key, undefined);
    },
  };
}

function readDraft(key: string): string | undefined {
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
    // Storage may be full or switched off; the draft then lasts until the page is closed.
  }
}
