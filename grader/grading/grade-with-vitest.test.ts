/** What the runner says late, in a bunch or not at all changes nothing about what was graded. */
import type { Worker } from 'node:worker_threads';
import { ThreadsPoolWorker } from 'vitest/node';
import { afterEach, expect, test, vi } from 'vitest';
import { selectTopics } from '../../catalogue/curriculum.ts';
import type { GradedTopic } from './grade-result.ts';
import { gradeWithVitest } from './grade-with-vitest.ts';

/** What the runner hears from its thread, and what it does when the thread is through. */
type RunState = Record<'updated' | 'end', (...said: unknown[]) => Promise<void>>;

/** Done to the runner before it starts, and to whoever fires. */
const hooks = vi.hoisted(() => ({
  onRunner: (_vitest: unknown) => {},
  options: {},
  onFiring: (): unknown => undefined,
}));

vi.mock('vitest/node', async (load) => {
  const real = await load<typeof import('vitest/node')>();
  const createVitest: typeof real.createVitest = async (mode, options, ...more) => {
    const vitest = await real.createVitest(mode, { ...options, ...hooks.options }, ...more);
    hooks.onRunner(vitest);
    return vitest;
  };
  return { ...real, createVitest };
});

/** A server at which every attack is blocked and everything ordinary works. */
vi.mock('../../lab/pool.ts', () => ({
  LabPool: class {
    run = async (work: (lab: unknown) => unknown): Promise<unknown> => {
      await hooks.onFiring();
      return work({
        fire: () => ({ verdict: 'blocked', complaints: [] }),
        try: () => ({ problems: [] }),
      });
    };
    close = (): void => {};
  },
}));

afterEach(() => {
  vi.restoreAllMocks();
  hooks.onRunner = () => {};
  hooks.options = {};
  hooks.onFiring = () => undefined;
});

const request = {
  topics: selectTopics(['01', '08']),
  target: 'reference' as const,
  withStretch: false,
};

/** Of the two topics that are graded here. */
const CHECKS = 15;

const statesOf = (topics: GradedTopic[]): string[] =>
  topics.flatMap(({ checks }) => checks.map(({ state }) => state));

test('task updates that are held back and come in a bunch, after all else, lose no check', async () => {
  hooks.onRunner = (runner) => {
    const { _testRun: run } = runner as { _testRun: RunState };
    const held: (() => Promise<void>)[] = [];
    const updated = run.updated.bind(run);
    const end = run.end.bind(run);
    run.updated = async (...update) => void held.push(() => updated(...update));
    run.end = async (...ended) => {
      await end(...ended);
      expect(held.length).toBeGreaterThan(0);
      for (const release of held) await release();
    };
  };
  const told: GradedTopic[] = [];
  const result = await gradeWithVitest(request, (topic) => told.push(topic));
  expect(statesOf(told)).toEqual(Array(CHECKS).fill('passed'));
  expect(result).toMatchObject({ passed: CHECKS, failed: 0, problems: [] });
});

test('a runner whose thread is ended passes nothing that did not run, and says so', async () => {
  const started = vi.spyOn(ThreadsPoolWorker.prototype, 'start');
  let fired = 0;
  hooks.options = { maxConcurrency: 1 };
  hooks.onFiring = () => {
    const { _thread: thread } = started.mock.contexts[0] as { _thread?: Worker };
    return ++fired === 3 ? thread?.terminate() : undefined;
  };
  const { passed, failed, problems, topics } = await gradeWithVitest(request, () => {});
  expect(statesOf(topics)).toEqual([
    ...Array(3).fill('passed'),
    ...Array(CHECKS - 3).fill('never-ran'),
  ]);
  expect({ passed, failed }).toEqual({ passed: 3, failed: CHECKS - 3 });
  expect(problems[0]).toBe(`The run ended before it came to ${CHECKS - 3} checks.`);
});
