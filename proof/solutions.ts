/**
 * Wrong and right solutions: files that each hold one way to solve a topic, or to believe one has.
 * They prove the checks both ways. A file exports some of its topic's controls and what it is.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { curriculum } from '../catalogue/curriculum.ts';

export interface Solution {
  topic: string;
  kind: 'wrong' | 'right';
  /** File name without ending: what the mistake or the idea is called. */
  name: string;
  /** Relative to the project folder. */
  file: string;
}

export interface WrongSolution {
  /** What was misunderstood, in a sentence, for the learner whose server behaves the same. */
  mistake: string;
  /** Ids of exactly the checks (attacks and ordinary uses) that it fails. */
  caughtBy: string[];
}

const root = path.resolve(import.meta.dirname, '..');

export function listSolutions(kind: Solution['kind']): Solution[] {
  return curriculum.flatMap(({ slug }) => {
    const folder = `proof/${kind}-solutions/${slug}`;
    if (!existsSync(path.join(root, folder))) return [];
    return readdirSync(path.join(root, folder))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => ({
        topic: slug,
        kind,
        name: file.slice(0, -'.ts'.length),
        file: `${folder}/${file}`,
      }));
  });
}
