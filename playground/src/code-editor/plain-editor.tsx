import type { CodeEditorProps } from './code-editor-props.ts';
import styles from './plain-editor.module.css';

const MOST_ROWS = { field: 16, file: 32 };

/** Stands in while the editor is loaded, and takes its place if it cannot be. */
export function PlainEditor(props: CodeEditorProps & { readOnly?: boolean }) {
  const lines = props.text.split('\n').length;
  return (
    <textarea
      className={styles.text}
      rows={Math.min(Math.max(lines, 3), MOST_ROWS[props.kind])}
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      dir="ltr"
      readOnly={props.readOnly}
      value={props.text}
      aria-labelledby={props.labelledBy}
      aria-describedby={props.describedBy}
      aria-invalid={props.invalid ?? false}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}
