import { useState } from 'react';
import { useLab } from '../lab-client/lab-context.ts';
import { keep, recall } from '../text/page-storage.ts';
import styles from './open-in-editor.module.css';

/** Editors that open a file by an address; the browser asks before it hands one over. */
const editors = {
  'VS Code': (place: string, line: number) => `vscode://file/${place}:${line}`,
  Cursor: (place: string, line: number) => `cursor://file/${place}:${line}`,
  Windsurf: (place: string, line: number) => `windsurf://file/${place}:${line}`,
  Zed: (place: string, line: number) => `zed://file/${place}:${line}`,
  'JetBrains IDEs': (place: string, line: number) =>
    `idea://open?file=${encodeURIComponent(decodeURI(place))}&line=${line}`,
} as const;
type EditorName = keyof typeof editors;

const KEY = 'editor';
const isEditor = (name: string | undefined): name is EditorName =>
  name !== undefined && Object.hasOwn(editors, name);

interface OpenInEditorProps {
  /** Relative to the project folder. */
  file: string;
  /** Of the first problem, or 1. */
  line: number;
}

/** The file in the learner's own editor, at the line where it does not load. */
export function OpenInEditor({ file, line }: OpenInEditorProps) {
  const { catalogue } = useLab();
  const [editor, setEditor] = useState<EditorName>(() => {
    const kept = recall('browser', KEY);
    return isEditor(kept) ? kept : 'VS Code';
  });
  if (catalogue.state !== 'ready') return null;
  // A path of Windows has a drive and backslashes.
  const folder = catalogue.catalogue.folder.replaceAll('\\', '/').replace(/^\//, '');
  const place = encodeURI(`${folder}/${file}`);
  return (
    <span className={styles.open}>
      <a href={editors[editor](place, line)}>Open in</a>
      <select
        aria-label="Your editor"
        value={editor}
        onChange={({ target: { value } }) => {
          if (!isEditor(value)) return;
          setEditor(value);
          keep('browser', KEY, value);
        }}
      >
        {Object.keys(editors).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </span>
  );
}
