import type { CodeCompletions, CodeExplanation, CodeProblem } from '../../lab-api.ts';

/** What is wrong with a line, or with the rest of a line from an offset on. */
export type EditorMark = { message: string } & (
  | { line: number; from?: never }
  | { from: number; line?: never }
);

/** Of a language server, for one file. What fails is passed over: one can write without it. */
export interface CodeInsight {
  complete(text: string, offset: number, signal: AbortSignal): Promise<CodeCompletions>;
  explain(text: string, offset: number): Promise<CodeExplanation | undefined>;
  findProblems(text: string, signal: AbortSignal): Promise<CodeProblem[]>;
}

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
  /** Of a `file`. The same object as long as it is the same file. */
  insight?: CodeInsight;
}
