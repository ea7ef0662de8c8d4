import { useId, useMemo } from 'react';
import { KeyNames } from '../actions/key-names.tsx';
import { pageActions } from '../actions/page-actions.ts';
import { usePageAction } from '../actions/use-page-action.ts';
import type { CodeInsight } from '../code-editor/code-editor-props.ts';
import { CodeEditor } from '../code-editor/code-editor.tsx';
import { explainCode, findCodeProblems, findCompletions } from '../lab-client/lab-client.ts';
import { HostileText } from '../text/hostile-text.tsx';
import { BesideEditor } from './beside-editor.tsx';
import { ConflictBanner } from './conflict-banner.tsx';
import { EditState } from './edit-state.tsx';
import { marksOf } from './load-problem.ts';
import { OpenInEditor } from './open-in-editor.tsx';
import { isEdited, isOutdated } from './stub-draft.ts';
import styles from './stub-editor.module.css';
import { useStubFile } from './use-stub-file.ts';

interface StubEditorProps {
  /** Relative to the project folder. */
  file: string;
  slug: string;
  /** Why the lab could not load the topic's files. */
  loadProblem: string | undefined;
  /** Of several files, this is the one that the learner looks at: the key saves it and no other. */
  shown: boolean;
}

/** One of the learner's files. The file on disk is the truth; this is one way to change it. */
export function StubEditor({ file, slug, loadProblem, shown }: StubEditorProps) {
  const id = useId();
  const stub = useStubFile(file, slug);
  const { draft } = stub;
  const marks = useMemo(() => marksOf(loadProblem, file), [loadProblem, file]);
  const insight = useMemo(() => insightOf(file), [file]);
  const edited = draft !== undefined && isEdited(draft);
  const savable = edited && !stub.saving && !isOutdated(draft);

  usePageAction('save', shown ? stub.save : undefined);

  return (
    <div className={styles.stub}>
      <p className={styles.path}>
        <span id={id}>
          <code>{file}</code>
        </span>{' '}
        is the file on your disk. Edit it here or in your own editor.
      </p>
      <div className={styles.bar}>
        <button
          type="button"
          className={styles.save}
          aria-disabled={!savable}
          onClick={() => stub.save()}
        >
          Save
        </button>
        {edited && !isOutdated(draft) && (
          <button type="button" onClick={stub.takeDisk}>
            Discard changes
          </button>
        )}
        <OpenInEditor file={file} line={marks[0]?.line ?? 1} />
        <EditState {...stub} />
      </div>
      {draft && (
        <>
          {isOutdated(draft) && (
            <ConflictBanner
              draft={draft}
              busy={stub.saving}
              onTakeDisk={stub.takeDisk}
              onOverwrite={stub.overwrite}
            />
          )}
          {marks.length > 0 && loadProblem !== undefined && (
            <div id={`${id}-problem`} className={styles.problem}>
              <p>
                <strong>As saved, this file does not load.</strong> <kbd>F8</kbd> in the editor goes
                to the line.
              </p>
              <HostileText text={loadProblem} as="block" fold={600} />
            </div>
          )}
          <CodeEditor
            labelledBy={id}
            describedBy={marks.length > 0 ? `${id}-problem ${id}-keys` : `${id}-keys`}
            language="typescript"
            kind="file"
            text={draft.text}
            onChange={stub.edit}
            invalid={marks.length > 0}
            marks={marks}
            insight={insight}
          />
          <BesideEditor file={file} text={draft.text} />
        </>
      )}
      <p id={`${id}-keys`} className={styles.keys}>
        <KeyNames keys={pageActions.save.keys} /> saves, <KeyNames keys={{ mod: true, key: 'f' }} />{' '}
        searches, <kbd>Ctrl</kbd> <kbd>Space</kbd> completes,{' '}
        <KeyNames keys={{ mod: true, key: 'i' }} /> says what a name is, <kbd>Tab</kbd> indents.{' '}
        <kbd>Esc</kbd> and then <kbd>Tab</kbd> leaves the editor.
      </p>
    </div>
  );
}

const insightOf = (file: string): CodeInsight => ({
  complete: (text, offset, signal) => findCompletions({ file, text, offset }, signal),
  explain: (text, offset) => explainCode({ file, text, offset }),
  findProblems: (text, signal) => findCodeProblems({ file, text }, signal),
});
