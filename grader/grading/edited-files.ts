/**
 * Files that are saved while they are graded. A target reads each file once, but there are several
 * targets, and one that ended is started again: some checks may have seen the text from before, and
 * others the text from after.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Topic } from '../curriculum.ts';
import { inProject, projectFolder } from '../targets/project-path.ts';

/** Remembers the files that `topics` are graded by; the result says which have changed since. */
export function rememberExercises(topics: Topic[]): () => string[] {
  const before = fingerprints(topics);
  return () => {
    const now = fingerprints(topics);
    return [...new Set([...before.keys(), ...now.keys()])]
      .filter((file) => before.get(file) !== now.get(file))
      .map((file) => `${file} was saved during this run. Grade it again to be sure of the result.`);
  };
}

/** File -> digest of its text. */
function fingerprints(topics: Topic[]): Map<string, string> {
  const folders = topics.some(({ capstone }) => capstone)
    ? ['exercises']
    : ['exercises/weather-server', ...topics.map(({ slug }) => `exercises/${slug}`)];
  return new Map(
    folders.flatMap(filesUnder).map((file) => {
      const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
      return [inProject(file), digest];
    }),
  );
}

const filesUnder = (folder: string): string[] =>
  readdirSync(path.join(projectFolder, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
