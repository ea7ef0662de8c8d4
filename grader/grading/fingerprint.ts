/** Fingerprints of the files that a grade speaks of, so that others can tell whether theirs are the same. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { curriculum, filesOf } from '../curriculum.ts';

export interface Fingerprints {
  /** Of the learner's files, all topics. */
  exercises: string;
  /** Of everything that decides about them: grader, references, weather server, commands. */
  grader: string;
}

/** What a grade depends on besides the learner's files and the installed packages. */
const DECIDING = ['exercises/weather-server', 'grader', 'package.json', 'scripts', 'solutions'];

/** @param folder of a workbook */
export function fingerprint(folder: string): Fingerprints {
  const stubs = curriculum.flatMap((topic) =>
    filesOf(topic).map((file) => `exercises/${topic.slug}/${file}`),
  );
  const deciding = DECIDING.flatMap((place) => filesUnder(folder, place));
  return { exercises: hashOf(folder, stubs), grader: hashOf(folder, deciding) };
}

function filesUnder(folder: string, place: string): string[] {
  if (!statSync(path.join(folder, place)).isDirectory()) return [place];
  return readdirSync(path.join(folder, place)).flatMap((name) =>
    filesUnder(folder, `${place}/${name}`),
  );
}

/** SHA-256 of a list as `sha256sum` writes it. A missing file is not on it. */
function hashOf(folder: string, files: string[]): string {
  const lines = files
    .filter((file) => existsSync(path.join(folder, file)))
    .sort()
    .map((file) => `${sha256(textOf(path.join(folder, file)))}  ${file}\n`);
  return sha256(lines.join(''));
}

/** Line ends are the checkout's business. */
const textOf = (file: string): string => readFileSync(file, 'utf8').replaceAll('\r\n', '\n');

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
