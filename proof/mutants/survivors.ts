/** The changes that no check notices, and why none should: one list for each topic. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Survivors {
  /** Why no check should notice these changes, in a sentence. */
  reason: string;
  /** Keys of mutants: file, declaration, and the change. */
  mutants: string[];
}

export const survivorsFile = (slug: string): string =>
  path.join(import.meta.dirname, 'survivors', `${slug}.json`);

/** A list that is not there is empty. */
export const readSurvivors = (file: string): Survivors[] =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Survivors[]) : [];

export const oneLine = (code: string): string => code.replaceAll(/\s+/g, ' ');
