/**
 * Wrong and right solutions, each one way to solve a topic, or to believe one has. They prove the
 * checks both ways. A file holds one, and exports controls of its topic and what it is; or it is
 * called `mistakes….ts`, and lists small wrong ones.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SecurityControls } from '../exercises/weather-server/controls.ts';
import { curriculum } from '../catalogue/curriculum.ts';
import { projectFolder } from '../shared/project-path.ts';

interface WrongSolution {
  /** What was misunderstood, in a sentence, for the learner whose server behaves the same. */
  mistake: string;
  /** Ids of exactly the checks (attacks and ordinary uses) that it fails. */
  caughtBy: string[];
  /** With which payload it is caught depends on what happens to end first. */
  races?: true;
}

/** A small wrong solution: one of a list. */
export interface Mistake extends WrongSolution {
  /** kebab-case; what the mistake is called. */
  name: string;
  /** What differs from the reference. Called once in each process, if it is a function. */
  controls: Partial<SecurityControls> | (() => Partial<SecurityControls>);
}

export interface SolutionFile {
  topic: string;
  kind: 'wrong' | 'right';
  /** Relative to the project folder. */
  file: string;
}

export interface Solution extends SolutionFile {
  /** What the mistake or the idea is called: the file's name without its ending, if it has one. */
  name: string;
  /** The controls by name, and `mistake` and `caughtBy`, or `idea`. */
  exports: Readonly<Record<string, unknown>>;
}

/** In the order of the curriculum; without `slug`, of all topics. */
export function solutionFiles(kind: Solution['kind'], slug?: string): SolutionFile[] {
  return curriculum
    .filter((topic) => slug === undefined || topic.slug === slug)
    .flatMap((topic) => {
      const folder = `proof/${kind}-solutions/${topic.slug}`;
      if (!existsSync(path.join(projectFolder, folder))) return [];
      return readdirSync(path.join(projectFolder, folder))
        .filter((file) => file.endsWith('.ts'))
        .map((file) => ({ topic: topic.slug, kind, file: `${folder}/${file}` }));
    });
}

/** The one solution of a file, or all that it lists. */
export async function solutionsIn(place: SolutionFile): Promise<Solution[]> {
  const { href } = pathToFileURL(path.join(projectFolder, place.file));
  const exports = (await import(/* @vite-ignore */ href)) as Record<string, unknown>;
  const { mistakes } = exports as { mistakes?: Mistake[] };
  if (!mistakes) return [{ ...place, name: path.basename(place.file, '.ts'), exports }];
  return mistakes.map(({ name, controls, ...what }) => ({
    ...place,
    name,
    exports: { ...what, ...(typeof controls === 'function' ? controls() : controls) },
  }));
}

export async function listSolutions(kind: Solution['kind'], slug?: string): Promise<Solution[]> {
  return (await Promise.all(solutionFiles(kind, slug).map(solutionsIn))).flat();
}

/** The target that a solution makes. */
export const targetOf = ({ topic, file, name }: Solution) =>
  ({ kind: 'solution', topic, file, name }) as const;
