/** Times several things in turn, round by round, and says how many times the unit each takes. */
import { median, ratio, type Table } from './measurement.ts';

export interface Timed {
  title: string;
  /** Does it once; the milliseconds it took. */
  run(): Promise<number>;
}

interface Rounds {
  rounds: number;
  /** Rounds that come first and do not count. */
  warmUp?: number;
}

/** `units` are members of `subjects`; each gets a column of ratios. */
export async function compareTimes(
  subjects: Timed[],
  units: Timed[],
  { rounds, warmUp = 0 }: Rounds,
): Promise<Table> {
  const times = new Map<Timed, number[]>(subjects.map((subject) => [subject, []]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const [subject, measured] of times) {
      const milliseconds = await subject.run();
      if (round >= 0) measured.push(milliseconds);
    }
  }
  return {
    columns: ['', 'time', ...units.map(({ title }) => `times “${title}”`)],
    rows: [...times].map(([{ title }, measured]) => [
      title,
      inWords(median(measured)),
      ...units.map((unit) => ratio(measured, times.get(unit) ?? [])),
    ]),
  };
}

/** The milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const inWords = (milliseconds: number): string =>
  milliseconds < 100 ? `${milliseconds.toFixed(2)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
