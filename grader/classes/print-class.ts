/** A class as a person reads it in a terminal. Submissions name their folders: every cell is one line. */
import { visibleLine } from '../../shared/visible-text.ts';
import type { ClassResult, GradedSubmission } from './class-result.ts';

export function printSubmission({ name, result }: GradedSubmission): void {
  const how = result ? `${result.earned} of ${result.points} points` : 'could not be graded';
  console.log(`${visibleLine(name)}: ${how}`);
}

/** A row for each submission: points, and for each topic how many checks passed of how many. */
export function printClass({ topics, submissions, waiting = [] }: ClassResult): void {
  const rows = [
    ['submission', 'points', ...topics.map((slug) => slug.slice(0, 2))],
    ...submissions.map(({ name, result }) => [
      visibleLine(name),
      result ? `${result.earned}/${result.points}` : 'none',
      ...topics.map((slug) => {
        const topic = result?.topics.find((one) => one.slug === slug);
        return topic ? `${topic.passed}/${topic.checks.length}` : '-';
      }),
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  console.log('');
  for (const [name = '', ...cells] of rows) {
    const rest = cells.map((cell, index) => cell.padStart(widths[index + 1] ?? 0));
    const first = name + ' '.repeat((widths[0] ?? 0) - widthOf(name));
    console.log([first, ...rest].join('  '));
  }
  console.log('');
  for (const { name, notes, problem, result } of submissions) {
    for (const note of [...notes, ...(result?.problems.map(firstLine) ?? [])]) {
      console.log(`${visibleLine(name)}: ${visibleLine(note)}`);
    }
    if (problem) console.log(`${visibleLine(name)}: could not be graded. ${visibleLine(problem)}`);
  }
  if (waiting.length > 0) {
    console.log(`Not graded yet: ${waiting.map((name) => visibleLine(name)).join(', ')}`);
  }
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

const graphemes = new Intl.Segmenter();
/** East Asian letters and emoji, which terminals show two columns wide. */
const WIDE =
  /^[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

/** In columns: what combines with a letter takes none of its own. */
const widthOf = (text: string): number =>
  Array.from(graphemes.segment(text), ({ segment }): number => (WIDE.test(segment) ? 2 : 1)).reduce(
    (all, one) => all + one,
    0,
  );
