/**
 * The engine of every grade: `npm run grade`, its watch and the page all grade through this. It has
 * the checks, runs each when it is asked to, and keeps what the check found the moment that is known.
 * Whoever asks (a test runner, say) decides the order, and nothing else.
 */
import type { CheckFailed, CheckOutcome } from '../checks/checks-of-topic.ts';
import type { LabPool } from '../../lab/pool.ts';
import { fastTrackChecks } from '../fast-track.ts';
import { ProgressJournal } from '../progress/progress-journal.ts';
import { digestOfFiles } from '../progress/files-standing.ts';
import { recordGrade } from '../progress/record-grade.ts';
import { leaveWholeServerReports, type WholeServerItem } from '../whole-server.ts';
import { partEndedBy } from '../../catalogue/curriculum.ts';
import { rememberExercises } from './edited-files.ts';
import {
  gradedCheck,
  gradedTopic,
  totalsOf,
  type GradedCheck,
  type GradedTopic,
} from './grade-result.ts';
import type { GradeStep } from './grade-steps.ts';
import { planChecks, plannedTopic, type GradeRequest, type TopicChecks } from './plan-checks.ts';

/** What a grade found. */
export interface Graded {
  topics: GradedTopic[];
  /** What went wrong outside of any check. */
  problems: string[];
  /** The checklist of the whole server, if a capstone was graded. */
  items: WholeServerItem[];
}

interface TopicInHand extends TopicChecks {
  /** By id of the check. */
  outcomes: Map<string, CheckOutcome>;
  /** Ids of the checks that failed when the topic was graded last. */
  failedLast: ReadonlySet<string>;
  graded?: GradedTopic;
  /** Digest of the learner's files when the grade began. */
  files: string;
  /** Ids of the checks of its fast track. */
  track: ReadonlySet<string>;
}

interface GradingOptions {
  /** Told of every step. */
  tell?: (step: GradeStep) => void;
  /** Stops the grade: nothing more is fired, and topics that were not through are not in the journal. */
  signal?: AbortSignal;
}

export class Grading {
  readonly #request: GradeRequest;
  readonly #pool: LabPool;
  readonly #topics: TopicInHand[];
  readonly #tell: (step: GradeStep) => void;
  readonly #signal: AbortSignal | undefined;
  readonly #savedSince: () => string[];
  readonly #running = new Set<Promise<unknown>>();

  static async begin(
    request: GradeRequest,
    pool: LabPool,
    options: GradingOptions = {},
  ): Promise<Grading> {
    const savedSince = request.target === 'student' ? rememberExercises(request.topics) : () => [];
    const progress = new ProgressJournal().read();
    const files = new Map(request.topics.map((topic) => [topic.slug, digestOfFiles(topic)]));
    const planned = await planChecks(request, progress);
    const topics = await Promise.all(
      planned.map(async (own) => ({
        ...own,
        files: files.get(own.topic.slug) ?? '',
        track: await fastTrackChecks(own.topic.slug),
        outcomes: new Map<string, CheckOutcome>(),
        failedLast: new Set(progress[own.topic.slug]?.grade?.failed),
      })),
    );
    return new Grading(request, pool, topics, savedSince, options);
  }

  private constructor(
    request: GradeRequest,
    pool: LabPool,
    topics: TopicInHand[],
    savedSince: () => string[],
    { tell = () => undefined, signal }: GradingOptions,
  ) {
    this.#request = request;
    this.#pool = pool;
    this.#topics = topics;
    this.#savedSince = savedSince;
    this.#tell = tell;
    this.#signal = signal;
    tell({ type: 'plan', topics: topics.map(plannedTopic) });
  }

  /** Slugs of the topics, each with the ids of its checks, those first that failed last time. */
  get order(): [slug: string, ids: string[]][] {
    return this.#topics.map(({ topic: { slug }, checks, failedLast }) => {
      const ids = checks.map(({ id }) => id);
      const failedBefore = (id: string): boolean => failedLast.has(id);
      return [slug, [...ids.filter(failedBefore), ...ids.filter((id) => !failedBefore(id))]];
    });
  }

  /** Settles with what the check found; undefined if the grade was stopped before. */
  run(slug: string, id: string): Promise<CheckOutcome | undefined> {
    const running = this.#pool.run(async (lab) => {
      const own = this.#topics.find(({ topic }) => topic.slug === slug);
      const check = own?.checks.find((one) => one.id === id);
      if (!own || !check) throw new Error(`Topic ${slug} has no check ${id} in this grade.`);
      if (this.#signal?.aborted) return undefined;
      this.#tell({ type: 'running', topic: slug, check: id });
      const outcome = await check.run(lab).catch(brokenCheck);
      // What was taken away from a check is not what it found.
      if (this.#signal?.aborted) return undefined;
      own.outcomes.set(id, outcome);
      this.#tell({ type: 'check', topic: slug, check: gradedCheck(check, outcome) });
      if (own.outcomes.size === own.checks.length && !own.graded) this.#sumUp(own);
      return outcome;
    });
    this.#running.add(running);
    const forget = (): unknown => this.#running.delete(running);
    void running.then(forget, forget);
    return running;
  }

  /**
   * To be called when nobody will ask for another check. Waits for those that run; one that was never
   * asked for counts as failed.
   * @param why said if there is such a check
   */
  async finish(why: string[] = []): Promise<Graded> {
    await Promise.allSettled(this.#running);
    const topics = this.#topics.map((own) => own.graded ?? this.#sumUp(own));
    const neverRan = topics.flatMap(({ checks }) => checks.filter(isNeverRan)).length;
    const problems = [
      ...(neverRan > 0 ? [`The run ended before it came to ${neverRan} checks.`, ...why] : []),
      ...this.#savedSince(),
    ];
    const items = this.#topics.flatMap(({ checks, outcomes }) =>
      checks.flatMap(({ id }) => outcomes.get(id)?.items ?? []),
    );
    if (items.length > 0) leaveWholeServerReports(this.#request.target, items);
    for (const message of problems) this.#tell({ type: 'problem', message });
    this.#tell({ type: 'done', ...totalsOf(topics) });
    return { topics, problems, items };
  }

  /** A topic is through. */
  #sumUp(own: TopicInHand): GradedTopic {
    const inFront = own.topic.capstone === 'server' ? partEndedBy(own.topic.slug)?.topics : [];
    const others = this.#topics.filter(
      (other) => other.graded && inFront?.some(({ slug }) => slug === other.topic.slug),
    );
    const isBlameless = others.every(({ graded }) => isSolved(graded));
    own.graded = gradedTopic(own.topic, own.checks, own.outcomes, isBlameless ? undefined : []);
    const { target, onlyTrack = false } = this.#request;
    if (target === 'student') recordGrade(own.graded, { ...own, onlyTrack });
    this.#tell({ type: 'topic', topic: own.graded });
    return own.graded;
  }
}

const isNeverRan = ({ state }: GradedCheck): boolean => state === 'never-ran';

const isSolved = (topic: GradedTopic | undefined): boolean =>
  topic?.checks.every(({ state }) => state === 'passed') ?? false;

/** A check that throws is a mistake of the grader's. It has not passed, and the others go on. */
function brokenCheck(error: unknown): CheckFailed {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const findings = ['The check itself broke. Please report it:', reason];
  return { passed: false, reason, explanation: { findings, facts: [] }, signature: 'no outcome' };
}

/** Grades topics one after another. Undefined if it was stopped; then nothing runs any more. */
export async function gradeTopics(
  request: GradeRequest,
  pool: LabPool,
  options: GradingOptions = {},
): Promise<Graded | undefined> {
  const grading = await Grading.begin(request, pool, options);
  for (const [slug, ids] of grading.order) {
    await Promise.all(ids.map((id) => grading.run(slug, id)));
  }
  return options.signal?.aborted ? undefined : grading.finish();
}
