import { useEffect, useId, useState } from 'react';
import type { EditorMark } from '../code-editor/code-editor-props.ts';
import { CodeEditor } from '../code-editor/code-editor.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import styles from './payload-editor.module.css';
import type { PayloadDraft } from './use-payload-draft.ts';

interface PayloadEditorProps {
  draft: PayloadDraft;
  problem: string | undefined;
}

/** The payload as JSON text. Values in double braces are filled in by the lab. */
export function PayloadEditor({ draft, problem }: PayloadEditorProps) {
  const id = useId();
  const marks = useMarks(draft.text, problem);
  return (
    <div className={styles.editor}>
      <div className={styles.head}>
        <span id={id}>Payload (JSON){draft.edited && ', edited'}</span>
        {draft.edited && (
          <button type="button" className={styles.reset} onClick={draft.reset}>
            Reset
          </button>
        )}
      </div>
      <CodeEditor
        labelledBy={id}
        describedBy={`${id}-problem`}
        language="json"
        kind="field"
        text={draft.text}
        onChange={draft.edit}
        invalid={problem !== undefined}
        marks={marks}
      />
      <StatusRegion id={`${id}-problem`} className={styles.problem}>
        {problem}
      </StatusRegion>
    </div>
  );
}

const NO_MARKS: EditorMark[] = [];

/** Where the problem is in the text. What finds it is loaded when there is one. */
function useMarks(text: string, problem: string | undefined): EditorMark[] {
  const [found, setFound] = useState<{ text: string; marks: EditorMark[] }>();
  useEffect(() => {
    if (problem === undefined) return undefined;
    let gone = false;
    import('./place-of-json-problem.ts').then(
      ({ placeOfJsonProblem }) => {
        const from = placeOfJsonProblem(text);
        if (!gone && from !== undefined) setFound({ text, marks: [{ from, message: problem }] });
      },
      // Without it, the problem is said and not marked.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [text, problem]);
  return problem !== undefined && found?.text === text ? found.marks : NO_MARKS;
}
