/**
 * `npm run grade -- --watch`: grades a topic whenever one of its stubs is saved, and takes single
 * keys. Its lab benches stay open and keep a started process in hand, so that a verdict is a matter
 * of the attacks alone.
 */
import type { Topic } from '../curriculum.ts';
import { LabPool } from '../lab-pool.ts';
import { recordGrade } from '../progress/record-grade.ts';
import { gradeInPool } from './grade-in-pool.ts';
import type { GradedTopic } from './grade-result.ts';
import { printTopic } from './print-grade.ts';
import { watchStubs } from './watch-stubs.ts';

export interface WatchRequest {
  topics: Topic[];
  withStretch: boolean;
  /** Looks at the files itself instead of waiting to be told. */
  poll: boolean;
}

const KEYS = 'a  all    f  failed    h  hint    q  quit';

/** Settles when the learner quits. */
export async function watchGrade(request: WatchRequest): Promise<void> {
  const { topics, withStretch, poll } = request;
  const pool = new LabPool({ keepSpare: true });
  const graded = new Map<string, GradedTopic>();
  let latest: Topic | undefined;
  let running = new AbortController();
  /** One after the other; what is running is given up when something newer is asked. */
  let turn = Promise.resolve();

  const grade = (wanted: Topic[], why: string, since = performance.now()): void => {
    running.abort();
    const { signal } = (running = new AbortController());
    turn = turn.then(async () => {
      if (signal.aborted) return;
      await pool.restart();
      for (const topic of wanted) {
        const first = failedChecks(graded.get(topic.slug));
        const result = await gradeInPool(topic, pool, { withStretch, first, signal });
        if (!result) return;
        graded.set(topic.slug, result);
        latest = topic;
        printTopic(result);
        recordGrade(result);
        const seconds = ((performance.now() - since) / 1000).toFixed(2);
        console.log(
          `\n${result.passed} of ${result.checks.length} passed, ${seconds} s after ${why}`,
        );
      }
      console.log(KEYS);
    });
    turn.catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    });
  };

  const stopWatching = watchStubs(topics, poll, (topic, at) => grade([topic], 'the save', at));
  const names = topics.map(({ slug }) => slug.slice(0, 2)).join(', ');
  console.log(`Watching the exercises of ${names}. Save a file, and its topic is graded.\n${KEYS}`);

  await readKeys({
    a: () => grade(topics, 'the key'),
    f: () => {
      const failed = topics.filter(({ slug }) => failedChecks(graded.get(slug)).size > 0);
      if (failed.length === 0) console.log('No topic that was graded so far has a failed check.');
      else grade(failed, 'the key');
    },
    h: () => {
      if (!latest)
        console.log('Save a file first: the hint is for the topic that was graded last.');
      else console.log(latest.hints[0]);
    },
  });
  running.abort();
  stopWatching();
  await turn.catch(() => undefined);
  await pool.close();
}

const failedChecks = (topic: GradedTopic | undefined): Set<string> =>
  new Set(topic?.checks.filter(({ state }) => state !== 'passed').map(({ id }) => id));

/** Settles at `q`, Ctrl+C or Ctrl+D. An input that is none, as in a container, ends nothing. */
function readKeys(actions: Record<string, () => void>): Promise<void> {
  const { stdin } = process;
  const isTerminal = stdin.isTTY;
  if (isTerminal) stdin.setRawMode(true);
  return new Promise((resolve) => {
    const quit = (): void => {
      if (isTerminal) stdin.setRawMode(false);
      stdin.pause();
      resolve();
    };
    stdin.on('data', (chunk: Buffer) => {
      for (const key of chunk.toString('utf8').toLowerCase()) {
        if (['q', '\u0003', '\u0004'].includes(key)) quit();
        else actions[key]?.();
      }
    });
  });
}
