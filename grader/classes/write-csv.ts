/** A class as CSV (RFC 4180): points, since “4/8” is a date to a spreadsheet. */
import type { ClassResult } from './class-result.ts';

export function writeCsv({ topics, submissions }: ClassResult): string {
  const head = ['submission', 'points', 'of', ...topics, 'problem'];
  const rows = submissions.map(({ name, result, problem = '' }) => [
    name,
    result?.earned ?? '',
    result?.points ?? '',
    ...topics.map((slug) => result?.topics.find((topic) => topic.slug === slug)?.earned ?? ''),
    problem,
  ]);
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** What a spreadsheet would take for a formula is marked as text: folders are named by learners. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}
