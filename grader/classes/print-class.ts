/** A class as a person reads it in a terminal. */
import { visibleLine } from '../../shared/visible-text.ts';
import type { ClassResult, GradedSubmission } from './class-result.ts';

export function printSubmission({ name, result }: GradedSubmission): void {
  const how = result ? `${result.earned} of ${result.points} points` : 'could not be graded';
  console.log(`${visible(name)}: ${how}`);
}

/** A row for each submission: points, and for each topic how many checks passed of how many. */
export function printClass({ topics, submissions }: ClassResult): void {
  const rows = [
    ['submission', 'points', ...topics.map((slug) => slug.slice(0, 2))],
    ...submissions.map(({ name, result }) => [
      visible(name),
      result ? `${result.earned}/${result.points}` : 'none',
      ...topics.map((slug) => {
        const topic = result?.topics.find((one) => one.slug === slug);
        return topic ? `${topic.passed}/${topic.checks.length}` : '-';
      }),
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  console.log('');
  for (const [name = '', ...cells] of rows) {
    const rest = cells.map((cell, index) => cell.padStart(widths[index + 1] ?? 0));
    console.log([name.padEnd(widths[0] ?? 0), ...rest].join('  '));
  }
  console.log('');
  for (const { name, notes, problem, result } of submissions) {
    for (const note of [...notes, ...(result?.problems.map(firstLine) ?? [])]) {
      console.log(`${visible(name)}: ${visible(note)}`);
    }
    if (problem) console.log(`${visible(name)}: could not be graded. ${visible(problem)}`);
  }
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

/** Submissions name their folders, and what they print may be anything. */
const visible = (text: string): string => visibleLine(text);
