import type { Diagnostic } from '@codemirror/lint';
import type { EditorState } from '@codemirror/state';
import type { CodeProblem } from '../../lab-api.ts';
import { visibleText } from '../../../shared/visible-text.ts';
import type { EditorMark } from './code-editor-props.ts';

/** Enough to read beside the code. */
const MOST_MARKS = 20;
const LONGEST_MESSAGE = 400;

/** Of a text that may have been longer. */
export function typeDiagnosticsOf(
  { doc }: EditorState,
  problems: readonly CodeProblem[],
): Diagnostic[] {
  return problems.slice(0, MOST_MARKS).map(({ from, to, severity, message }) => ({
    from: Math.min(from, doc.length),
    to: Math.min(Math.max(from, to), doc.length),
    severity,
    source: 'TypeScript',
    message: visibleText(message, LONGEST_MESSAGE),
  }));
}

/** Marks may belong to a text that was longer. */
export function diagnosticsOf({ doc }: EditorState, marks: readonly EditorMark[]): Diagnostic[] {
  return marks.slice(0, MOST_MARKS).map(({ line: number, from, message }) => {
    const line =
      number === undefined
        ? doc.lineAt(Math.min(from, doc.length))
        : doc.line(Math.min(number, doc.lines));
    // At the end of a line, its last character is marked: there must be something to see.
    const start = Math.max(line.from, Math.min(from ?? line.from, line.to - 1));
    return {
      from: start,
      to: line.to,
      severity: 'error',
      message: visibleText(message, LONGEST_MESSAGE),
    };
  });
}
