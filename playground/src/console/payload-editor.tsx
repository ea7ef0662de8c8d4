import { useId, useMemo } from 'react';
import { CodeEditor } from '../code-editor/code-editor.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import styles from './payload-editor.module.css';
import { placeOfJsonProblem } from './place-of-json-problem.ts';
import type { PayloadDraft } from './use-payload-draft.ts';

interface PayloadEditorProps {
  draft: PayloadDraft;
  problem: string | undefined;
}

/** The payload as JSON text. Values in double braces are filled in by the lab. */
export function PayloadEditor({ draft, problem }: PayloadEditorProps) {
  const id = useId();
  const marks = useMemo(() => {
    const from = problem === undefined ? undefined : placeOfJsonProblem(draft.text);
    return problem === undefined || from === undefined ? [] : [{ from, message: problem }];
  }, [draft.text, problem]);
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
