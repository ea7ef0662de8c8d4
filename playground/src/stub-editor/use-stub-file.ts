import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { StubText } from '../../lab-api.ts';
import { describeProblem, fetchStub, saveStub } from '../lab-client/lab-client.ts';
import { useLab } from '../lab-client/lab-context.ts';
import { keepEdits, recallEdits } from './kept-edits.ts';
import {
  beginDraft,
  edit,
  hearOf,
  isEdited,
  isOutdated,
  markSaved,
  takeDisk,
  type StubDraft,
} from './stub-draft.ts';

export interface StubFile {
  /** Undefined until the file was read for the first time. */
  draft: StubDraft | undefined;
  saving: boolean;
  /** Why the file could not be read or written. */
  problem: string | undefined;
  /** False: unsaved edits are lost when the page is closed. */
  keepsEdits: boolean;
  edit: (text: string) => void;
  save: () => void;
  /** Saves over a version of the file that the edits did not begin with. */
  overwrite: () => void;
  /** Drops the edits. */
  takeDisk: () => void;
}

/** One of the learner's files, as it is on disk and in the editor. */
export function useStubFile(file: string, slug: string): StubFile {
  const { connection, stubChange } = useLab();
  const [draft, setDraft] = useState<StubDraft>();
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [keepsEdits, setKeepsEdits] = useState(true);
  /** The draft, for what comes back from the lab while there is no newer one on the page yet. */
  const latest = useRef<StubDraft>(undefined);
  const isSaving = useRef(false);
  // The file is read at once, and again when the lab is back.
  const away = connection === 'gone' || connection === 'restarted';
  // When several files are saved at once, only the last is told: look at each of them.
  const change = stubChange?.slug === slug ? stubChange : undefined;

  function put(next: StubDraft): void {
    latest.current = next;
    setDraft(next);
    const edits = { version: next.base.version, text: next.text };
    setKeepsEdits(keepEdits(file, isEdited(next) ? edits : undefined));
  }

  function hear(disk: StubText): void {
    // What is being saved is heard of when it is; until then it looks like somebody else's.
    if (isSaving.current) return;
    put(latest.current ? hearOf(latest.current, disk) : beginDraft(disk, recallEdits(file)));
    setProblem(undefined);
  }

  const onRead = useEffectEvent(hear);
  const onProblem = useEffectEvent((error: unknown) => setProblem(describeProblem(error)));
  useEffect(() => (away ? undefined : readStub(file, onRead, onProblem)), [file, away]);
  useEffect(() => (change ? readStub(file, onRead, onProblem) : undefined), [file, change]);

  async function write({ text }: StubDraft, over: { version: string }): Promise<void> {
    if (isSaving.current) return;
    isSaving.current = true;
    setSaving(true);
    try {
      const { saved, now } = await saveStub({ file, text, version: over.version });
      if (latest.current) put((saved ? markSaved : hearOf)(latest.current, now));
      setProblem(undefined);
    } catch (error) {
      setProblem(`Not saved. ${describeProblem(error)}`);
    } finally {
      isSaving.current = false;
      setSaving(false);
    }
  }

  return {
    draft,
    saving,
    problem,
    keepsEdits,
    edit(text) {
      if (latest.current) put(edit(latest.current, text));
    },
    save() {
      if (draft && isEdited(draft) && !isOutdated(draft)) void write(draft, draft.base);
    },
    overwrite() {
      if (draft) void write(draft, draft.disk);
    },
    takeDisk() {
      if (latest.current) put(takeDisk(latest.current));
    },
  };
}

/** Reads the file until the function it returns is called. */
function readStub(
  file: string,
  onRead: (disk: StubText) => void,
  onProblem: (error: unknown) => void,
): () => void {
  const leaving = new AbortController();
  const { signal } = leaving;
  fetchStub(file, signal).then(
    (disk) => signal.aborted || onRead(disk),
    (error: unknown) => signal.aborted || onProblem(error),
  );
  return () => leaving.abort();
}
