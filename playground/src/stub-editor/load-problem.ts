import type { EditorMark } from '../code-editor/code-editor-props.ts';

/** Where in `file` a problem is that the lab reports as `exercises/…/file.ts:12: …`. */
export function marksOf(problem: string | undefined, file: string): EditorMark[] {
  if (problem === undefined) return [];
  const places = problem.split(`${file}:`).slice(1);
  const lines = places.map((rest) => Number.parseInt(rest, 10)).filter((line) => line > 0);
  return [...new Set(lines)].map((line) => ({ line, message: problem }));
}
