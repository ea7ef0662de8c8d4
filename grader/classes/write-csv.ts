/**
 * A class as CSV (RFC 4180), in UTF-8: points, since “4/8” is a date to a spreadsheet. Names and notes are
 * written as they are shown everywhere, so that none of them is a line of its own; the JSON has them raw.
 */
import { visibleLine } from '../../shared/visible-text.ts';
import type { ClassResult } from './class-result.ts';

/** By it Excel knows UTF-8; other programs do not need it, and some take it for a part of the first cell. */
const BYTE_ORDER_MARK = '\ufeff';

export function writeCsv({ topics, submissions }: ClassResult, withBom = false): string {
  const head = ['submission', 'points', 'of', ...topics, 'problem', 'notes'];
  const rows = submissions.map(({ name, notes, result, problem = '' }) => [
    name,
    result?.earned ?? '',
    result?.points ?? '',
    ...topics.map((slug) => result?.topics.find((topic) => topic.slug === slug)?.earned ?? ''),
    problem,
    [...notes, ...(result?.problems.map(firstLine) ?? [])].join(' '),
  ]);
  const lines = [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`);
  return `${withBom ? BYTE_ORDER_MARK : ''}${lines.join('')}`;
}

/** What a spreadsheet would take for a formula, in letters of full width too. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/** Folders are named by learners: a formula is marked as text. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = visibleLine(value);
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';
