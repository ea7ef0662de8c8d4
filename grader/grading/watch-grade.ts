/**
 * `npm run grade -- --watch`: grades a topic whenever one of its stubs is saved, and takes single
 * keys. Its labs stay open and keep a started process in hand, so that a verdict is a matter
 * of the attacks alone.
 */
import type { Topic } from '../../catalogue/curriculum.ts';
import { LabPool } from '../../lab/pool.ts';
import { printHints } from '../progress/print-hints.ts';
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

/** Why a topic is to be graded, and since when somebody waits for it. */
interface Wish {
  why: string;
  since: number;
}

/** Settles when the learner quits. */
export async function watchGrade(request: WatchRequest): Promise<void> {
  const { topics, withStretch, poll } = request;
  const pool = new LabPool({ keepSpare: true });
  const graded = new Map<string, GradedTopic>();
  let latest: Topic | undefined;

  const wishes = new Map<Topic, Wish>();
  /** What is graded right now; given up when its files are saved again. */
  let current: { topic: Topic; controller: AbortController } | undefined;
  /** Whether files were saved that the labs may have read before. */
  let stale = false;
  let turn = Promise.resolve();

  const wish = (wanted: Topic[], why: string, since = performance.now()): void => {
    for (const topic of wanted) {
      wishes.set(topic, { why, since });
      if (topic === current?.topic) current.controller.abort();
    }
    turn = turn.then(fulfil).catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    });
  };

  const fulfil = async (): Promise<void> => {
    if (wishes.size === 0) return;
    for (const [topic, { why, since }] of wishes) {
      wishes.delete(topic);
      if (stale) await pool.restart();
      stale = false;
      const first = failedChecks(graded.get(topic.slug));
      current = { topic, controller: new AbortController() };
      const { signal } = current.controller;
      const result = await gradeInPool(topic, pool, { withStretch, first, signal });
      current = undefined;
      if (!result) continue;
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
  };

  const stopWatching = watchStubs(topics, poll, (topic, at) => {
    stale = true;
    wish([topic], 'the save', at);
  });
  const names = topics.map(({ slug }) => slug.slice(0, 2)).join(', ');
  console.log(`Watching the exercises of ${names}. Save a file, and its topic is graded.\n${KEYS}`);

  await readKeys({
    a: () => wish(topics, 'the key'),
    f: () => {
      const failed = topics.filter(({ slug }) => failedChecks(graded.get(slug)).size > 0);
      if (failed.length === 0) console.log('No topic that was graded so far has a failed check.');
      else wish(failed, 'the key');
    },
    h: () => {
      if (!latest)
        console.log('Save a file first: the hint is for the topic that was graded last.');
      else printHints(latest, false);
    },
  });
  stopWatching();
  wishes.clear();
  current?.controller.abort();
  await turn;
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
