import type { StubText } from '../../lab-api.ts';

/** What the learner has written in the page, and the file it is meant for. */
export interface StubDraft {
  /** What the edits began with. Of edits from an earlier visit, only the version is known. */
  base: { text?: string; version: string };
  /** The file, as far as the page knows. */
  disk: StubText;
  /** What the editor shows. */
  text: string;
  /** Whether the edits were made before the page was loaded. */
  restored: boolean;
}

/** Edits that outlive the page, with the version they began with. */
export interface KeptEdits {
  version: string;
  text: string;
}

export const isEdited = ({ base, disk, text }: StubDraft): boolean =>
  text !== base.text && text !== disk.text;

/** The file has changed under edits; which of the two stays is for the learner to say. */
export const isOutdated = (draft: StubDraft): boolean =>
  isEdited(draft) && draft.base.version !== draft.disk.version;

export function beginDraft(disk: StubText, kept: KeptEdits | undefined): StubDraft {
  if (!kept) return { base: disk, disk, text: disk.text, restored: false };
  const base = kept.version === disk.version ? disk : { version: kept.version };
  return settle({ base, disk, text: kept.text, restored: true });
}

export const edit = (draft: StubDraft, text: string): StubDraft => settle({ ...draft, text });

/** The file was read again. It is taken over unless that would overwrite edits. */
export const hearOf = (draft: StubDraft, disk: StubText): StubDraft => settle({ ...draft, disk });

/** The file now holds what was sent; the learner may have typed on. */
export const markSaved = (draft: StubDraft, disk: StubText): StubDraft =>
  settle({ ...draft, base: disk, disk, restored: false });

export const takeDisk = ({ disk }: StubDraft): StubDraft => beginDraft(disk, undefined);

const settle = (draft: StubDraft): StubDraft => (isEdited(draft) ? draft : takeDisk(draft));
