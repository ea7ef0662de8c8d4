import { useId } from 'react';
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
  const lines = draft.text.split('\n').length;
  return (
    <div className={styles.editor}>
      <div className={styles.head}>
        <label htmlFor={id}>Payload (JSON){draft.edited && ', edited'}</label>
        {draft.edited && (
          <button type="button" className={styles.reset} onClick={draft.reset}>
            Reset
          </button>
        )}
      </div>
      <textarea
        id={id}
        className={styles.text}
        rows={Math.min(Math.max(lines, 3), 16)}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        dir="ltr"
        value={draft.text}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-problem`}
        onChange={(event) => draft.edit(event.target.value)}
      />
      <StatusRegion id={`${id}-problem`} className={styles.problem}>
        {problem}
      </StatusRegion>
    </div>
  );
}
