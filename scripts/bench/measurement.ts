/** What a measurement is, and what all of them count with. */

/** Cells are text. */
export interface Table {
  columns: string[];
  rows: string[][];
}

export interface Measurement {
  /** On the command line and in the markers of BENCHMARKS.md. */
  name: string;
  /** What was done, so that others can judge and repeat it. */
  method: string;
  /** @param against folder of another build of the workbook, for those that know how to compare */
  run(against?: string): Promise<Table>;
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/** The median of pairs that were measured one after the other: what slows one slows both. */
export const ratio = (values: number[], units: number[]): string =>
  `${median(values.map((value, index) => value / (units[index] ?? NaN))).toFixed(2)} ×`;
