/** A table in a document that is made from the code, between two comments that say so. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../../shared/project-path.ts';

export interface MadeTable {
  /** Relative to the project folder. */
  document: string;
  /** As in `<!-- table of NAME -->`. */
  name: string;
  /** Head first. Columns of numbers are aligned to the right, but for the first. */
  makeRows: () => Promise<string[][]>;
}

/** The table as it should be. */
export const makeTable = async ({ makeRows }: MadeTable): Promise<string> =>
  alignTable(await makeRows());

/** The table that stands in the document's text. */
export const tableIn = (text: string, table: MadeTable): string | undefined =>
  placeOf(table).exec(text)?.[0];

export async function writeTable(table: MadeTable): Promise<void> {
  const made = await makeTable(table);
  const text = textOf(table).replace(placeOf(table), () => made);
  writeFileSync(path.join(projectFolder, table.document), text);
}

const placeOf = ({ name }: MadeTable): RegExp =>
  new RegExp(`(?<=<!-- table of ${name} -->\\n\\n)[^]*?(?=\\n\\n<!-- end of table -->)`);

const textOf = ({ document }: MadeTable): string =>
  readFileSync(path.join(projectFolder, document), 'utf8').replaceAll('\r\n', '\n');

/** Columns as wide as their widest cell, and three at least, as the formatter would have it. */
function alignTable(rows: string[][]): string {
  const [head = [], ...body] = rows;
  const columns = head.map((_, column) => ({
    width: Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)),
    toTheRight: column > 0 && body.every((row) => /^\d+$/.test(row[column] ?? '')),
  }));
  const line = (row: string[]): string =>
    `| ${columns.map(({ width, toTheRight }, column) => row[column]?.[toTheRight ? 'padStart' : 'padEnd'](width) ?? '').join(' | ')} |`;
  const rule = `| ${columns.map(({ width, toTheRight }) => (toTheRight ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
  return [line(head), rule, ...body.map(line)].join('\n');
}

/** A last row that adds up all columns but the first. */
export const sumOf = (rows: number[][]): number[] =>
  (rows[0] ?? []).map((_, column) => rows.reduce((sum, row) => sum + (row[column] ?? 0), 0));
