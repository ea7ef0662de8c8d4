/** The engine, at a lab that answers at once. */
import { beforeEach, expect, test, vi } from 'vitest';
import { selectTopics } from '../../catalogue/curriculum.ts';
import type { LabPool } from '../../lab/pool.ts';
import { recordGrade } from '../progress/record-grade.ts';
import { leaveWholeServerReports } from '../whole-server.ts';
import type { GradedTopic } from './grade-result.ts';
import type { GradeStep } from './grade-steps.ts';
import { gradeWithVitest } from './grade-with-vitest.ts';
import { gradeTopics, Grading } from './grading.ts';
import { readKnownMistakes } from './known-mistakes.ts';
import type { GradeRequest } from './plan-checks.ts';

const lab = vi.hoisted(() => ({
  fired: [] as string[],
  fire: vi.fn<(spec: unknown, attack: { id: string }, variant: string) => unknown>(),
  try: vi.fn<(spec: unknown, use: { id: string }) => unknown>(),
}));
vi.mock('../../lab/pool.ts', () => ({
  LabPool: class {
    run = async (work: (lab: unknown) => unknown): Promise<unknown> => work(lab);
    close = (): void => undefined;
  },
}));
vi.mock('../progress/record-grade.ts', () => ({ recordGrade: vi.fn() }));
vi.mock('../whole-server.ts', async (load) => ({
  ...(await load<typeof import('../whole-server.ts')>()),
  leaveWholeServerReports: vi.fn(),
}));

beforeEach(() => {
  vi.clearAllMocks();
  lab.fired = [];
  lab.fire.mockImplementation((spec, { id }, variant) => {
    lab.fired.push(`${JSON.stringify(spec)} ${id} ${variant}`);
    return { verdict: 'blocked', complaints: [], exchanges: [] };
  });
  lab.try.mockImplementation((spec, { id }) => {
    lab.fired.push(`${JSON.stringify(spec)} ${id}`);
    return { problems: [] };
  });
});

const pool = async (): Promise<LabPool> => new (await import('../../lab/pool.ts')).LabPool();
const asking = (...words: string[]): GradeRequest => ({
  topics: selectTopics(words),
  target: 'student',
  withStretch: false,
});

test('watch and page fire what the command line fires, and leave the same report', async () => {
  const one = await gradeWithVitest(asking('14'), () => undefined);
  const firedByCommand = lab.fired.toSorted();
  lab.fired = [];
  const other = await gradeTopics(asking('14'), await pool());
  expect(firedByCommand.length).toBeGreaterThan(500);
  expect(lab.fired.toSorted()).toEqual(firedByCommand);
  expect(other?.topics).toEqual(one.topics);
  const [[, byCommand], [, byWatch]] = vi.mocked(leaveWholeServerReports).mock.calls as [
    Parameters<typeof leaveWholeServerReports>,
    Parameters<typeof leaveWholeServerReports>,
  ];
  expect(byWatch).toEqual(byCommand);
});

test('a check that breaks has failed, and the others go on', async () => {
  lab.fire.mockImplementationOnce(() => {
    throw new TypeError('a mistake of ours');
  });
  const graded = await gradeTopics(asking('01'), await pool());
  const [{ checks }] = graded!.topics as [GradedTopic];
  expect(checks.map(({ state }) => state)).toEqual(['failed', 'passed', 'passed', 'passed']);
  expect(checks[0]?.explanation?.findings.join()).toContain('a mistake of ours');
});

test('what was stopped is told to nobody and stands in no journal', async () => {
  const stopped = new AbortController();
  const told: GradeStep[] = [];
  lab.try.mockImplementationOnce(() => {
    stopped.abort();
    return { problems: [] };
  });
  const tell = (step: GradeStep): void => void told.push(step);
  const options = { tell, signal: stopped.signal };
  expect(await gradeTopics(asking('01', '08'), await pool(), options)).toBeUndefined();
  expect(told.filter(({ type }) => type === 'topic' || type === 'done')).toEqual([]);
  expect(recordGrade).not.toHaveBeenCalled();
});

test('a check that nobody asked for has not passed, and the result says so', async () => {
  const grading = await Grading.begin(asking('01'), await pool());
  await grading.run('01-oauth-discovery', 'discovery-broken');
  const { topics, problems } = await grading.finish(['The runner was lost.']);
  expect(topics[0]?.checks.map(({ state }) => state)).toEqual([
    'passed',
    'never-ran',
    'never-ran',
    'never-ran',
  ]);
  expect(problems).toEqual(['The run ended before it came to 3 checks.', 'The runner was lost.']);
});

test('a mistake in topic 14 is named, unless another topic of the run is open', async () => {
  const known = readKnownMistakes('14-secure-server').find(
    ({ name }) => name === 'guards-compare-paths',
  );
  const [, summary] = known?.fails['order-other-methods']?.split(': breached. ') ?? [];
  const breach = {
    verdict: 'breached',
    summary,
    breaches: [],
    faults: [],
    exchanges: [],
    tape: [],
  };
  lab.fire.mockImplementation((_spec, { id }, variant) =>
    id === 'order-other-methods' || id === 'city-redos'
      ? { ...breach, variant }
      : { verdict: 'blocked', complaints: [], exchanges: [] },
  );
  const namedIn = async (...words: string[]): Promise<string[]> => {
    const graded = await gradeTopics(asking(...words), await pool());
    return (graded?.topics ?? []).flatMap(({ checks }) => checks.flatMap((c) => c.mistakes ?? []));
  };
  expect(await namedIn('08', '14')).toEqual([]);
  lab.fire.mockImplementation((_spec, { id }, variant) =>
    id === 'order-other-methods'
      ? { ...breach, variant }
      : { verdict: 'blocked', complaints: [], exchanges: [] },
  );
  expect(await namedIn('14')).toEqual([known?.mistake]);
});
