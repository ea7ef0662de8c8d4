/**
 * `npm run diff -- <topic> [--spoil]`: the learner's files beside the reference, once the topic has
 * passed. Exit code: 0; 1 if it has not passed; 2 if the command was not understood.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { structuredPatch, type StructuredPatch } from 'diff';
import { filesOf } from '../catalogue/curriculum.ts';
import { ProgressJournal } from '../grader/progress/progress-journal.ts';
import { projectFolder } from '../shared/project-path.ts';
import { paint } from '../shared/paint.ts';
import { visibleLine } from '../shared/visible-text.ts';
import { readOneTopic } from './read-one-topic.ts';
import { foldLine, pairLines } from './side-by-side.ts';

/** In a terminal of this many columns or more, the two files stand beside each other. */
const WIDE_COLUMNS = 120;
const BORDER = ' | ';

const { topic, spoil } = readOneTopic(
  `Usage: npm run diff -- topic [--spoil]
  topic     a number or a name: 10, rate-limits, 10-rate-limits
  --spoil   show the reference although the topic has not passed yet`,
  ['spoil'],
);
const { slug, title } = topic;
const number = slug.slice(0, 2);
const journal = new ProgressJournal();
if (spoil) journal.append([{ type: 'spoiled', topic: slug }]);
const { grade, spoiled = false } = journal.read()[slug] ?? {};

if (!spoiled && (grade === undefined || grade.passed < grade.all)) {
  console.log(
    [
      `${number} ${title} ${grade ? `stands at ${grade.passed} of ${grade.all} checks` : 'has not been graded yet'}.`,
      'When all of them pass, this shows your files beside the reference.',
      `  Grade it                    npm run grade -- ${number}`,
      `  Get a hint                  npm run hint -- ${number}`,
      `  See the reference anyway    npm run diff -- ${number} --spoil`,
    ].join('\n'),
  );
  process.exit(1);
}

for (const file of filesOf(topic)) {
  const own = `exercises/${slug}/${file}`;
  const reference = `solutions/${slug}/${file}`;
  if (!existsSync(path.join(projectFolder, own))) {
    console.log(`${own} is missing. To bring the stub back: npm run reset -- ${number}\n`);
    continue;
  }
  const patch = structuredPatch(own, reference, read(own), read(reference), '', '', { context: 3 });
  if (patch.hunks.length === 0) console.log(`${own} is the same as the reference.\n`);
  else if ((process.stdout.columns ?? 0) >= WIDE_COLUMNS) printBeside(patch);
  else printUnified(patch);
}

function read(file: string): string {
  const text = readFileSync(path.join(projectFolder, file), 'utf8');
  const lines = text.split(/\r?\n/);
  return lines.map((line) => visibleLine(line)).join('\n');
}

function printUnified({ oldFileName, newFileName, hunks }: StructuredPatch): void {
  console.log(paint('bold', `--- ${oldFileName}\n+++ ${newFileName}`));
  for (const { oldStart, oldLines, newStart, newLines, lines } of hunks) {
    console.log(paint('cyan', `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`));
    for (const line of lines) {
      if (line.startsWith('-')) console.log(paint('red', line));
      else if (line.startsWith('+')) console.log(paint('green', line));
      else console.log(line);
    }
  }
  console.log('');
}

function printBeside(patch: StructuredPatch): void {
  const width = Math.floor((process.stdout.columns - BORDER.length) / 2);
  const heads = [patch.oldFileName, patch.newFileName].map((name) => foldLine(name, width)[0]);
  console.log(paint('bold', heads.join(BORDER)));
  for (const rows of pairLines(patch)) {
    console.log('-'.repeat(2 * width + BORDER.length));
    for (const { left = '', right = '', changed } of rows) {
      const own = foldLine(left, width);
      const reference = foldLine(right, width);
      const blank = ' '.repeat(width);
      for (let index = 0; index < Math.max(own.length, reference.length); index++) {
        const ours = own[index] ?? blank;
        const theirs = reference[index] ?? blank;
        console.log(
          changed
            ? `${paint('red', ours)}${BORDER}${paint('green', theirs)}`
            : `${ours}${BORDER}${theirs}`,
        );
      }
    }
  }
  console.log('');
}
