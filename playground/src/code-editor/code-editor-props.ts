/** What is wrong with a line, or with the rest of a line from an offset on. */
export type EditorMark = { message: string } & (
  | { line: number; from?: never }
  | { from: number; line?: never }
);

export interface CodeEditorProps {
  /** Of the element that names the editor. */
  labelledBy: string;
  describedBy?: string | undefined;
  language: 'json' | 'typescript';
  /** `field`: a part of a form, which Tab leaves. `file`: with line numbers, search, and indentation by Tab. */
  kind: 'field' | 'file';
  /** Lines end with `\n`. */
  text: string;
  onChange: (text: string) => void;
  invalid?: boolean;
  marks?: readonly EditorMark[];
}
