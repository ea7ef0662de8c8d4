/**
 * A class that is graded on any number of machines: submissions go through a queue (BullMQ) on a Valkey
 * or Redis server to workers, and what they found comes back to one table. A worker that dies costs
 * time: what it had taken is handed to another one. Whoever can write to the server can hand workers
 * code and forge results; see SECURITY.md.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Queue, Worker, type ConnectionOptions, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { ClassProblem } from './find-submissions.ts';
import type { TakenFiles } from './grade-submission.ts';

/** What to grade, and for what. */
export interface GradingOrder {
  slugs: string[];
  withStretch: boolean;
  files: TakenFiles;
}

const LOOK_EVERY_MS = 500;
/** After which work of a worker that says nothing is another one's. */
const SILENT_MS = 30_000;
/** How often a submission may lose its worker; some end one. */
const MOST_LOST_WORKERS = 3;
const CONNECT_WITHIN_MS = 5_000;

const isInExercises = (file: string): boolean =>
  /^exercises(?:\/(?!\.{1,2}(?:\/|$))[^/\\\0]+)+$/.test(file);

const orderInQueue = z.object({
  slugs: z.array(z.string()),
  withStretch: z.boolean(),
  // Whoever could write to the queue must not write elsewhere on a worker's disk.
  files: z.record(z.string().refine(isInExercises), z.base64()),
});
type OrderInQueue = z.infer<typeof orderInQueue>;

/** Only workers with the same grader see a class. */
const nameOf = (grader: string): string => `workbook-class-${grader.slice(0, 16)}`;

export class ClassQueue {
  readonly #queue: Queue<OrderInQueue, unknown>;
  readonly #run = randomUUID();
  #count = 0;

  /**
   * @param grader digest of all that decides
   * @throws {ClassProblem} if the server does not answer
   */
  static async open(url: string, grader: string): Promise<ClassQueue> {
    await seeWhetherItAnswers(url);
    return new ClassQueue(url, grader);
  }

  private constructor(url: string, grader: string) {
    this.#queue = new Queue(nameOf(grader), { connection: connectionTo(url) });
    // It connects again by itself, and says so with each attempt.
    this.#queue.on('error', () => undefined);
  }

  /** Whether a worker is there, as far as the server knows. */
  async hasWorkers(): Promise<boolean> {
    return (await this.#queue.getWorkersCount()) > 0;
  }

  /** Waits for whatever a worker said; it is a stranger's word. */
  async grade({ files, ...order }: GradingOrder): Promise<unknown> {
    const written = [...files].map(([file, bytes]) => [
      file,
      Buffer.from(bytes).toString('base64'),
    ]);
    const jobId = `${this.#run}-${++this.#count}`;
    await this.#queue.add(
      'submission',
      { ...order, files: Object.fromEntries(written) },
      { jobId },
    );
    for (;;) {
      const job = await this.#queue.getJob(jobId);
      if (!job) throw new Error('It is gone from the queue: somebody emptied it.');
      if (job.finishedOn !== undefined) return this.#take(job);
      await pause(LOOK_EVERY_MS);
    }
  }

  async #take(job: Job<OrderInQueue, unknown>): Promise<unknown> {
    await job.remove();
    if (job.failedReason === undefined) return job.returnvalue;
    throw new Error(
      job.failedReason.includes('stalled')
        ? `${MOST_LOST_WORKERS} workers were lost while they graded it.`
        : job.failedReason,
    );
  }

  async close(): Promise<void> {
    await this.#queue.close();
  }
}

export interface ClassWorker {
  close(): Promise<void>;
}

/**
 * Takes submissions out of the queue, as many at a time as are wanted.
 *
 * @param grade settles with a result, or with what is wrong with the submission
 * @throws {ClassProblem} if the server does not answer
 */
export async function workFor(
  url: string,
  grader: string,
  atOnce: number,
  grade: (order: GradingOrder) => Promise<unknown>,
): Promise<ClassWorker> {
  await seeWhetherItAnswers(url);
  const worker = new Worker<OrderInQueue, unknown>(
    nameOf(grader),
    async ({ data }) => {
      const { files, ...order } = orderInQueue.parse(data);
      const read = Object.entries(files).map(([file, text]): [string, Uint8Array] => [
        file,
        Buffer.from(text, 'base64'),
      ]);
      return grade({ ...order, files: new Map(read) });
    },
    {
      connection: connectionTo(url),
      concurrency: atOnce,
      lockDuration: SILENT_MS,
      stalledInterval: SILENT_MS / 2,
      maxStalledCount: MOST_LOST_WORKERS - 1,
    },
  );
  worker.on('error', () => undefined);
  await worker.waitUntilReady();
  return { close: () => worker.close() };
}

/** BullMQ wants a connection that never gives up, and closes what it has opened itself. */
const connectionTo = (url: string): ConnectionOptions => ({ url, maxRetriesPerRequest: null });

async function seeWhetherItAnswers(url: string): Promise<void> {
  const { protocol, host } = URL.canParse(url) ? new URL(url) : { protocol: '', host: '' };
  if (!['redis:', 'rediss:'].includes(protocol)) {
    throw new ClassProblem(
      `“${url}” is no address of a queue; it begins with redis:// or rediss://.`,
    );
  }
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_WITHIN_MS,
    retryStrategy: () => null,
  });
  let why = '';
  redis.on('error', (error: NodeJS.ErrnoException) => (why = error.code ?? error.message));
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    const said = why || (error as Error).message;
    throw new ClassProblem(
      `The queue at ${host} does not answer (${said}). It wants a Valkey or Redis server.`,
    );
  } finally {
    redis.disconnect();
  }
}
