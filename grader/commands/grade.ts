/**
 * `npm run grade -- [topics] [--solutions] [--stretch]`: fires every attack of the chosen topics at
 * the learner's server and prints a line for each check. Exit code: 0 if all checks passed, 1 if
 * not, 2 if the command was not understood.
 */
import { parseArgs } from 'node:util';
import { createVitest } from 'vitest/node';
import { auditReportFile } from '../security-audit.ts';
import { checkIds } from '../load-catalogue.ts';
import { selectTopics, UnknownTopicError, type Topic } from '../curriculum.ts';
import { GradeReporter } from './grade-reporter.ts';

const USAGE = `Usage: npm run grade -- [topic …] [--solutions] [--stretch]
  topic         a number or a name: 10, rate-limits, 10-rate-limits; none means all
  --solutions   grade the reference instead of your exercises
  --stretch     fire the stretch attacks as well`;

interface GradeOptions {
  topics: Topic[];
  gradedTarget: 'student' | 'reference';
  withStretch: boolean;
}

function readCommandLine(): GradeOptions {
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
      gradedTarget: values.solutions ? 'reference' : 'student',
      withStretch: values.stretch,
    };
  } catch (error) {
    const isTopic = error instanceof UnknownTopicError;
    console.error(isTopic ? error.message : `${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

/** Every check that has to report, by `slug/id`. */
async function expectedChecks({ topics, withStretch }: GradeOptions): Promise<string[]> {
  const ids = await Promise.all(
    topics.map(async (topic) =>
      (await checkIds(topic, withStretch)).map((id) => `${topic.slug}/${id}`),
    ),
  );
  return ids.flat();
}

const options = readCommandLine();
const reporter = new GradeReporter(options.topics, await expectedChecks(options));
const vitest = await createVitest(
  'test',
  {
    config: false,
    watch: false,
    include: options.topics.map(({ slug }) => `grader/checks/${slug}.test.ts`),
    reporters: [reporter],
    isolate: false,
    fileParallelism: false,
    provide: {
      gradedTarget: options.gradedTarget,
      withStretch: options.withStretch,
      // The other topics' own checks have fired them all.
      auditWithAllPayloads: options.topics.length === 1,
    },
  },
  { server: { hmr: false, ws: false } },
);
await vitest.start();
await vitest.close();
const passed = reporter.finish();
if (options.topics.some(({ capstone }) => capstone)) {
  console.log(`The security audit of the whole server: ${auditReportFile(options.gradedTarget)}`);
}
process.exit(passed ? 0 : 1);
