/**
 * `npm run grade -- [topics] [--solutions] [--stretch]`: fires every attack of the chosen topics at
 * the learner's server and prints a line for each check. Exit code: 0 if all checks passed, 1 if
 * not, 2 if the command was not understood.
 */
import { parseArgs } from 'node:util';
import { selectTopics, UnknownTopicError } from '../curriculum.ts';
import { allPassed } from '../grading/grade-result.ts';
import { gradeWithVitest, type GradeRequest } from '../grading/grade-with-vitest.ts';
import { printSummary, printTopic } from '../grading/print-grade.ts';
import { leaveAuditReport } from '../security-audit.ts';

const USAGE = `Usage: npm run grade -- [topic …] [--solutions] [--stretch]
  topic         a number or a name: 10, rate-limits, 10-rate-limits; none means all
  --solutions   grade the reference instead of your exercises
  --stretch     fire the stretch attacks as well`;

function readCommandLine(): GradeRequest {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        solutions: { type: 'boolean', default: false },
        stretch: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    return {
      topics: selectTopics(positionals),
      target: values.solutions ? 'reference' : 'student',
      withStretch: values.stretch,
    };
  } catch (error) {
    const isTopic = error instanceof UnknownTopicError;
    console.error(isTopic ? error.message : `${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

const result = await gradeWithVitest(readCommandLine(), printTopic);
printSummary(result);
if (result.items.length > 0) {
  console.log(`The security audit of the whole server: ${leaveAuditReport(result)}`);
}
process.exit(allPassed(result) ? 0 : 1);
