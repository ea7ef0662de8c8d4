import type { TapeEntry } from '../exercises/weather-server/world/tape.ts';

/** Mistakes in the learner's files that a target wrote down, each once. */
export const faultsOn = (tape: TapeEntry[]): string[] => [
  ...new Set(tape.flatMap((entry) => (entry.kind === 'fault' ? [entry.message] : []))),
];
