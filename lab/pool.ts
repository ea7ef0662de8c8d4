/** Some lab benches side by side: work goes to whichever is free, in the order it came. */
import { availableParallelism } from 'node:os';
import { LabBench, type LabBenchOptions } from './lab.ts';

/** More benches than this only take processor time away from each other. */
const MOST_BENCHES = 4;

export class LabPool {
  readonly #benches: Promise<LabBench>[] = [];
  readonly #free: Promise<LabBench>[] = [];
  readonly #waiting: ((bench: PromiseLike<LabBench>) => void)[] = [];

  /** Starts the target processes at once, so that they are ready when the first work comes. */
  constructor(options: LabBenchOptions = {}) {
    const count = Math.min(availableParallelism(), MOST_BENCHES);
    for (let index = 0; index < count; index++) {
      const bench = LabBench.open(options);
      void bench.then((opened) => opened.warmUp()).catch(() => undefined); // said by whoever asks it
      this.#benches.push(bench);
      this.#free.push(bench);
    }
  }

  async run<T>(work: (lab: LabBench) => Promise<T>): Promise<T> {
    const bench = this.#free.shift() ?? this.#nextFree();
    try {
      return await work(await bench);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(bench);
      else this.#free.push(bench);
    }
  }

  /** Each bench reads every file afresh for what is asked from now on. */
  async restart(): Promise<void> {
    await Promise.all(this.#benches.map(async (bench) => (await bench).restart()));
  }

  #nextFree(): Promise<LabBench> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async close(): Promise<void> {
    await Promise.all(this.#benches.map(async (bench) => (await bench).close()));
  }
}
