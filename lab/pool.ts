/** Some lab labs side by side: work goes to whichever is free, in the order it came. */
import { availableParallelism } from 'node:os';
import { Lab, type LabOptions } from './lab.ts';

/** More labs than this only take processor time away from each other. */
const MOST_LABS = 4;

export class LabPool {
  readonly #labs: Promise<Lab>[] = [];
  readonly #free: Promise<Lab>[] = [];
  readonly #waiting: ((lab: PromiseLike<Lab>) => void)[] = [];

  /** Starts the target processes at once, so that they are ready when the first work comes. */
  constructor(options: LabOptions = {}) {
    const count = Math.min(availableParallelism(), MOST_LABS);
    for (let index = 0; index < count; index++) {
      const lab = Lab.open(options);
      void lab.then((opened) => opened.warmUp()).catch(() => undefined); // said by whoever asks it
      this.#labs.push(lab);
      this.#free.push(lab);
    }
  }

  async run<T>(work: (lab: Lab) => Promise<T>): Promise<T> {
    const lab = this.#free.shift() ?? this.#nextFree();
    try {
      return await work(await lab);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(lab);
      else this.#free.push(lab);
    }
  }

  /** Each lab reads every file afresh for what is asked from now on. */
  async restart(): Promise<void> {
    await Promise.all(this.#labs.map(async (lab) => (await lab).restart()));
  }

  #nextFree(): Promise<Lab> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async close(): Promise<void> {
    await Promise.all(this.#labs.map(async (lab) => (await lab).close()));
  }
}
