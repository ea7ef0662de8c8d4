/**
 * `npm run grade -- [topics] [options]`: fires every attack of the chosen topics at the learner's
 * server and prints a line for each check. Exit code: 0 if all checks passed, 1 if not, 2 if the
 * command was not understood. With `--class`, 0 if every submission could be graded, 1 if not.
 */
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
import { wholeServerReports } from '../grader/whole-server.ts';
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
  --sandbox     with --class: grade each submission in bubblewrap or in a container
  --unsafe      with --sandbox: where there is neither, grade with your own rights
  --queue URL   with --class: hand the submissions to workers, through the Valkey or Redis
                server at redis://… or rediss://…
  --worker URL  grade what is handed over there, until Ctrl+C; goes with --sandbox and --unsafe
  --resume      with --class and --json: go on where an earlier run was broken off
  --csv FILE    with --class: write a table, in UTF-8
  --csv-bom     with --csv: begin it with a byte order mark, by which Excel knows UTF-8`;

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
  sandbox: boolean;
  unsafe: boolean;
  resume: boolean;
  queue: string | undefined;
  /** Address of the queue to work for. */
  worker: string | undefined;
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
      sandbox: { type: 'boolean', default: false },
      unsafe: { type: 'boolean', default: false },
      resume: { type: 'boolean', default: false },
      queue: { type: 'string' },
      worker: { type: 'string' },
      csv: { type: 'string' },
      'csv-bom': { type: 'boolean', default: false },
    },
    ({ 'csv-bom': csvBom, 'fast-track': onlyTrack, class: classFolder, ...values }, words) => {
      const { solutions, stretch, full, watch, poll, json, junit, csv } = values;
      const { sandbox, unsafe, resume, queue, worker } = values;
      if (watch && (solutions || json || junit)) {
        throw new Error('--watch grades your exercises for you; it writes no files.');
      }
      if (classFolder && (solutions || watch || poll || junit)) {
        throw new Error(
          '--class goes with topics, --stretch, --sandbox, --queue, --resume, --json, --csv and --csv-bom only.',
        );
      }
      if (
        worker &&
        (words.length > 0 || classFolder || solutions || watch || poll || json || junit)
      ) {
        throw new Error(
          '--worker goes with --sandbox and --unsafe only; what to grade it is told.',
        );
      }
      if (queue && !classFolder) throw new Error('--queue goes with --class.');
      if (queue && sandbox) throw new Error('With --queue it is the workers that want --sandbox.');
      if (sandbox && !classFolder && !worker) {
        throw new Error('--sandbox goes with --class or --worker.');
      }
      if (unsafe && !sandbox) throw new Error('--unsafe goes with --sandbox.');
      if (resume && !(classFolder && json)) {
        throw new Error('--resume goes with --class and the --json FILE of the run to go on with.');
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
        sandbox,
        unsafe,
        resume,
        queue,
        worker,
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
  for (const file of wholeServerReports(result.target, result.items))
    console.log(`The check of the whole server: ${file}`);
  if (json) writeFile(json, `${JSON.stringify(result, null, 2)}\n`);
  if (junit) writeFile(junit, writeJunit(result));
}

const commandLine = readOptions();
if (commandLine.worker !== undefined) {
  const { worker, sandbox, unsafe } = commandLine;
  const { gradeForOthers } = await import('./grade-worker.ts');
  await gradeForOthers({ worker, sandbox, unsafe });
} else if (commandLine.classFolder) {
  // Most people grade themselves, and need not wait for what a queue takes to load.
  const { gradeSubmissions } = await import('./grade-submissions.ts');
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
  if (onlyTrack && target === 'student') await printFastTrack();
  process.exit(allPassed(result) ? 0 : 1);
}
