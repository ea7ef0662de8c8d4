/**
 * `npm run grade -- --watch`: grades a topic whenever one of its stubs is saved, and takes single
 * keys. Its labs stay open and keep a started process in hand, so that a verdict is a matter
 * of the attacks alone.
 */
import type { Topic } from '../../catalogue/curriculum.ts';
import { LabPool } from '../../lab/pool.ts';
import { printHints } from '../progress/print-hints.ts';
import { paint } from '../../shared/paint.ts';
import { wholeServerReports } from '../whole-server.ts';
import type { GradedTopic } from './grade-result.ts';
import type { GradeStep } from './grade-steps.ts';
import { gradeTopics } from './grading.ts';
import type { GradeRequest } from './plan-checks.ts';
import { printTopic } from './print-grade.ts';
import { watchStubs } from './watch-stubs.ts';

export interface WatchRequest {
  topics: Topic[];
  withStretch: boolean;
  /** Looks at the files itself instead of waiting to be told. */
  poll: boolean;
}

const KEYS = 'a  all    f  failed    h  hint    q  quit';

/** Topics to be graded together, why, and since when somebody waits for them. */
interface Wish {
  topics: Topic[];
  why: string;
  since: number;
}

/** Settles when the learner quits. */
export async function watchGrade(request: WatchRequest): Promise<void> {
  const { topics, withStretch, poll } = request;
  const pool = new LabPool({ keepSpare: true });
  const graded = new Map<string, GradedTopic>();
  let latest: Topic | undefined;

  let wishes: Wish[] = [];
  /** What is graded right now; given up when files of it are saved again. */
  let current: { wish: Wish; controller: AbortController } | undefined;
  /** Whether files were saved that the labs may have read before. */
  let stale = false;
  let turn = Promise.resolve();

  const wishFor = (wanted: Topic[], why: string, since = performance.now()): void => {
    // Whoever waits for the same topics waits for this now.
    wishes = without(wishes, wanted);
    wishes.push({ topics: wanted, why, since });
    if (current?.wish.topics.some((topic) => wanted.includes(topic))) {
      current.controller.abort();
      wishes.unshift(...without([current.wish], wanted));
      current.wish.topics = [];
    }
    turn = turn.then(fulfil).catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    });
  };

  const fulfil = async (): Promise<void> => {
    if (wishes.length === 0) return;
    for (let wish = wishes.shift(); wish; wish = wishes.shift()) {
      if (stale) await pool.restart();
      stale = false;
      await grade(wish);
    }
    console.log(KEYS);
  };

  const grade = async (wish: Wish): Promise<void> => {
    const controller = new AbortController();
    const { signal } = controller;
    current = { wish, controller };
    const tell = (step: GradeStep): void => {
      if (step.type === 'problem') console.log(paint('red', step.message));
      if (step.type !== 'topic') return;
      const result = step.topic;
      latest = wish.topics.find(({ slug }) => slug === result.slug);
      wish.topics = wish.topics.filter((topic) => topic !== latest);
      graded.set(result.slug, result);
      printTopic(result);
      const seconds = ((performance.now() - wish.since) / 1000).toFixed(2);
      console.log(
        `\n${result.passed} of ${result.checks.length} passed, ${seconds} s after ${wish.why}`,
      );
    };
    const request: GradeRequest = { topics: wish.topics, target: 'student', withStretch };
    const result = await gradeTopics(request, pool, { tell, signal }).finally(() => {
      current = undefined;
    });
    for (const file of wholeServerReports('student', result?.items ?? []))
      console.log(`The check of the whole server: ${file}`);
  };

  const stopWatching = watchStubs(topics, poll, (topic, at) => {
    stale = true;
    wishFor([topic], 'the save', at);
  });
  const names = topics.map(({ slug }) => slug.slice(0, 2)).join(', ');
  console.log(`Watching the exercises of ${names}. Save a file, and its topic is graded.\n${KEYS}`);

  await readKeys({
    a: () => wishFor(topics, 'the key'),
    f: () => {
      const failed = topics.filter(({ slug }) => failedChecks(graded.get(slug)).size > 0);
      if (failed.length === 0) console.log('No topic that was graded so far has a failed check.');
      else wishFor(failed, 'the key');
    },
    h: () => {
      if (!latest)
        console.log('Save a file first: the hint is for the topic that was graded last.');
      else printHints(latest, false);
    },
  });
  stopWatching();
  wishes = [];
  current?.controller.abort();
  await turn;
  await pool.close();
}

/** The same wishes, without those topics. */
const without = (wishes: Wish[], gone: Topic[]): Wish[] =>
  wishes
    .map((wish) => ({ ...wish, topics: wish.topics.filter((topic) => !gone.includes(topic)) }))
    .filter(({ topics }) => topics.length > 0);

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
