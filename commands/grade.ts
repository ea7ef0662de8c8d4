/**
 * `npm run grade -- [topics] [options]`: fires every attack of the chosen topics at the learner's
 * server and prints a line for each check. Exit code: 0 if all checks passed, 1 if not, 2 if the
 * command was not understood. With `--class`, 0 if every submission could be graded, 1 if not.
 */
import { allGraded, type ClassResult } from '../grader/classes/class-result.ts';
import { ClassProblem } from '../grader/classes/find-submissions.ts';
import { gradeClass } from '../grader/classes/grade-class.ts';
import { printClass, printSubmission } from '../grader/classes/print-class.ts';
import { writeCsv } from '../grader/classes/write-csv.ts';
import { fastTrackTopics } from '../grader/fast-track.ts';
import { selectTopics, type Topic } from '../catalogue/curriculum.ts';
import { isUntouched, stubsOf } from '../catalogue/shipped-stubs.ts';
import { allPassed, type GradeResult } from '../grader/grading/grade-result.ts';
import { gradeWithVitest } from '../grader/grading/grade-with-vitest.ts';
import { printSummary, printTopic, printUntouched } from '../grader/grading/print-grade.ts';
import { printFastTrack } from '../grader/progress/print-fast-track.ts';
import { watchGrade } from '../grader/grading/watch-grade.ts';
import { writeJunit } from '../grader/grading/write-junit.ts';
import { collectStubs } from '../grader/hand-in/collect-stubs.ts';
import { wholeServerReport } from '../grader/whole-server.ts';
import { projectFolder } from '../shared/project-path.ts';
import { visibleLine } from '../shared/visible-text.ts';
import { readCommandLine } from '../shared/command-line.ts';
import { writeFile } from '../shared/write-file.ts';

const USAGE = `Usage: npm run grade -- [topic …] [options]
  topic         a number or a name: 10, rate-limits, 10-rate-limits; none means all
  --solutions   grade the reference instead of your exercises
  --stretch     fire the stretch attacks as well
  --fast-track  only what the fast track covers: three fixes and the audit line; says what is next
  --full        say why each check fails, also in topics on which you have not begun
  --watch       stay, and grade a topic whenever one of its files is saved
  --poll        with --watch: look at the files, where the system does not tell of saves
  --json FILE   write the result as JSON
  --junit FILE  write the result as JUnit XML
  --class DIR   grade every folder in DIR, one per submission; --json and --csv write the results
  --csv FILE    with --class: write a table, in UTF-8
  --csv-bom     with --csv: begin it with a byte order mark, by which Excel knows UTF-8`;

/** Two that grade side by side take twice as long, and a server that stalls costs a deadline each time. */
const SUBMISSION_DEADLINE_MS = 20 * 60_000;

interface CommandLine {
  topics: Topic[];
  target: 'student' | 'reference';
  withStretch: boolean;
  /** Says all of topics without a change as well. */
  full: boolean;
  /** Only the checks of the fast track. */
  onlyTrack: boolean;
  watch: boolean;
  poll: boolean;
  json: string | undefined;
  junit: string | undefined;
  /** Folder of submissions. */
  classFolder: string | undefined;
  csv: string | undefined;
  csvBom: boolean;
}

const readOptions = (): CommandLine =>
  readCommandLine(
    USAGE,
    {
      solutions: { type: 'boolean', default: false },
      stretch: { type: 'boolean', default: false },
      'fast-track': { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      watch: { type: 'boolean', default: false },
      poll: { type: 'boolean', default: false },
      json: { type: 'string' },
      junit: { type: 'string' },
      class: { type: 'string' },
      csv: { type: 'string' },
      'csv-bom': { type: 'boolean', default: false },
    },
    ({ 'csv-bom': csvBom, 'fast-track': onlyTrack, class: classFolder, ...values }, words) => {
      const { solutions, stretch, full, watch, poll, json, junit, csv } = values;
      if (watch && (solutions || json || junit)) {
        throw new Error('--watch grades your exercises for you; it writes no files.');
      }
      if (classFolder && (solutions || watch || poll || junit)) {
        throw new Error('--class goes with topics, --stretch, --json, --csv and --csv-bom only.');
      }
      if (onlyTrack && (stretch || watch || poll || json || junit || classFolder)) {
        throw new Error('--fast-track goes with topics, --solutions and --full only.');
      }
      if (csv && !classFolder) throw new Error('--csv goes with --class.');
      if (csvBom && !csv) throw new Error('--csv-bom goes with --csv.');
      return {
        topics: onlyTrack ? selectTracked(words) : selectTopics(words),
        onlyTrack,
        target: solutions ? 'reference' : 'student',
        withStretch: stretch,
        full,
        watch: watch || poll,
        poll,
        json,
        junit,
        classFolder,
        csv,
        csvBom,
      };
    },
  );

function selectTracked(words: string[]): Topic[] {
  const tracked = fastTrackTopics();
  if (words.length === 0) return tracked;
  const chosen = selectTopics(words);
  const other = chosen.find((topic) => !tracked.some(({ slug }) => slug === topic.slug));
  if (!other) return chosen;
  const numbers = tracked.map(({ slug }) => slug.slice(0, 2)).join(', ');
  throw new Error(`Topic ${other.slug.slice(0, 2)} has no part in the fast track: ${numbers}.`);
}

function report(result: GradeResult, { json, junit }: CommandLine): void {
  printSummary(result);
  if (result.items.length > 0) {
    console.log(`The check of the whole server: ${wholeServerReport(result.target)}`);
  }
  if (json) writeFile(json, `${JSON.stringify(result, null, 2)}\n`);
  if (junit) writeFile(junit, writeJunit(result));
}

async function gradeSubmissions(folder: string, commandLine: CommandLine): Promise<never> {
  let soFar: ClassResult | undefined;
  // What was started for the submissions ends with this process.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      if (soFar) printClass(soFar);
      process.exit(1);
    });
  }
  const { json, csv, csvBom } = commandLine;
  const write = (result: ClassResult): void => {
    try {
      if (json) writeFile(json, `${JSON.stringify(result, null, 2)}\n`);
      if (csv) writeFile(csv, writeCsv(result, csvBom));
    } catch (error) {
      // What took an hour to grade is still printed.
      const { code, path: file } = error as NodeJS.ErrnoException;
      console.error(`${file} cannot be written (${code}). The table has all results.`);
      process.exitCode = 1;
    }
  };
  try {
    const options = { ...commandLine, deadlineMs: SUBMISSION_DEADLINE_MS };
    const result = await gradeClass(folder, options, (submission, all) => {
      printSubmission(submission);
      soFar = all;
      write(all);
    });
    printClass(result);
    // Once more, now that nothing of any submission runs that could have changed them.
    write(result);
    process.exit(allGraded(result) ? process.exitCode : 1);
  } catch (error) {
    if (!(error instanceof ClassProblem)) throw error;
    if (soFar) {
      printClass(soFar);
      write(soFar);
    }
    console.error(visibleLine(error.message));
    process.exit(2);
  }
}

const commandLine = readOptions();
if (commandLine.classFolder) {
  await gradeSubmissions(commandLine.classFolder, commandLine);
} else if (commandLine.watch) {
  await watchGrade(commandLine);
  process.exit();
} else {
  if (commandLine.target === 'student') {
    const { notes } = collectStubs(projectFolder, commandLine.topics);
    for (const note of notes) console.log(visibleLine(note));
  }
  const { topics, target, full, onlyTrack } = commandLine;
  const untouched = target === 'student' && !full ? topics.filter(isUntouched) : [];
  const result = await gradeWithVitest(commandLine, (graded) => {
    const topic = untouched.find(({ slug }) => slug === graded.slug);
    if (topic && graded.passed < graded.checks.length)
      printUntouched(graded, stubsOf(topic), onlyTrack);
    else printTopic(graded);
  });
  report(result, commandLine);
  if (onlyTrack && target === 'student') printFastTrack();
  process.exit(allPassed(result) ? 0 : 1);
}
