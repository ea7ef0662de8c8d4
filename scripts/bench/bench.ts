/**
 * `npm run bench -- [names] [--against FOLDER] [--write]`: measures, and prints a table for each
 * measurement. With `--write` the tables go into BENCHMARKS.md, each with the command that measured it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readCommandLine } from '../../shared/command-line.ts';
import { grade } from './grade.ts';
import { growth } from './growth.ts';
import { limiter } from './limiter.ts';
import type { Measurement } from './measurement.ts';
import { page } from './page.ts';
import { reportOf, replaceBetweenMarkers } from './report.ts';
import { root } from './run-node.ts';
import { servers } from './servers.ts';
import { sharedLimiter } from './shared-limiter.ts';
import { attack, start } from './target.ts';
import { watch } from './watch.ts';

const MEASUREMENTS: Measurement[] = [
  grade,
  watch,
  start,
  attack,
  servers,
  limiter,
  sharedLimiter,
  ...growth,
  page,
];
const DOCUMENT = path.join(root, 'BENCHMARKS.md');
const USAGE = `Usage: npm run bench -- [name …] [--against FOLDER] [--write]
  name      ${MEASUREMENTS.map(({ name }) => name).join(', ')}; none means all
  --against FOLDER   measure that build of the workbook as well, in the same rounds (grade)
  --write   put the tables into BENCHMARKS.md`;

const { chosen, write, against } = readCommandLine(
  USAGE,
  { write: { type: 'boolean', default: false }, against: { type: 'string' } },
  (values, words) => {
    const named = words.map((wanted) => {
      const found = MEASUREMENTS.find(({ name }) => name === wanted);
      if (!found) throw new Error(`There is no measurement “${wanted}”.`);
      return found;
    });
    return {
      chosen: named.length > 0 ? named : MEASUREMENTS,
      write: values.write,
      against: values.against,
    };
  },
);
for (const measurement of chosen) {
  const report = await reportOf(measurement, against);
  console.log(`\n## ${measurement.name}\n\n${report}`);
  if (write) {
    const document = readFileSync(DOCUMENT, 'utf8');
    writeFileSync(DOCUMENT, replaceBetweenMarkers(document, measurement.name, report));
  }
}
