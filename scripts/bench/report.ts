/** A measurement as text for people: the table, how it came about, and on what machine. */
import { arch, availableParallelism, cpus, loadavg, platform } from 'node:os';
import type { Measurement, Table } from './measurement.ts';

/** Runs the measurement. The command that ran it stands beside its numbers. */
export async function reportOf(measurement: Measurement, against?: string): Promise<string> {
  const machine = describeMachine();
  const table = toMarkdown(await measurement.run(against));
  const compared = against === undefined ? '' : ' --against FOLDER';
  return `${table}\n\n\`npm run bench -- ${measurement.name}${compared}\`, ${machine}.\n\n${measurement.method}`;
}

function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const busy = loadavg()[0] ?? 0;
  // What else ran on the machine is part of how a number came about.
  const load = busy > 0 ? `, load average ${busy.toFixed(1)} before it began` : '';
  const cores = availableParallelism();
  return `Node ${process.versions.node}, ${platform()} ${arch()}, ${cores} cores (${model})${load}`;
}

/** Columns as wide as their widest cell, as the formatter would have them. */
export function toMarkdown({ columns, rows }: Table): string {
  const widths = columns.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join(
    '\n',
  );
}

/** Puts `text` between `<!-- bench name -->` and `<!-- end name -->`. */
export function replaceBetweenMarkers(document: string, name: string, text: string): string {
  const [begin, end] = [`<!-- bench ${name} -->`, `<!-- end ${name} -->`];
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from === -1 || to < from) {
    throw new Error(`BENCHMARKS.md has no place for it: it needs the lines ${begin} and ${end}.`);
  }
  return `${document.slice(0, from + begin.length)}\n\n${text}\n\n${document.slice(to)}`;
}
