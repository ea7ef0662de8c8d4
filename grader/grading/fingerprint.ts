/** Fingerprints of the files that a grade speaks of, so that others can tell whether theirs are the same. */
import { curriculum, filesOf } from '../../catalogue/curriculum.ts';
import { digests, hashOf } from '../../shared/digests.ts';

export interface Fingerprints {
  /** Of the learner's files, all topics. */
  exercises: string;
  /** Of everything that decides about them: lab, catalogue, grader, references, weather server, commands. */
  grader: string;
}

/** What a grade depends on besides the learner's files and the installed packages. */
export const DECIDING = [
  'catalogue',
  'commands',
  'exercises/weather-server',
  'grader',
  'lab',
  'package.json',
  'scripts',
  'shared',
  'solutions',
];

/** Rooms that no verdict depends on. */
export const NOT_DECIDING = [
  'audit',
  'authoring',
  'docs',
  'findings',
  'lessons',
  'playground',
  'proof',
  'studies',
  'take-home',
  'tutor',
];

/** @param folder of a workbook */
export function fingerprint(folder: string): Fingerprints {
  const stubs = curriculum.flatMap((topic) =>
    filesOf(topic).map((file) => `exercises/${topic.slug}/${file}`),
  );
  return { exercises: hashOf(digests(folder, stubs)), grader: hashOf(digests(folder, DECIDING)) };
}
