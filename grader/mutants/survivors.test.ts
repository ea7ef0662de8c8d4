/** The lists of survivors are about the solutions as they are, and give reasons. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { curriculum, filesOf } from '../curriculum.ts';
import { projectFolder } from '../targets/project-path.ts';
import { oneLine, readSurvivors, survivorsFile } from './survivors.ts';

describe.each(curriculum)('survivors of $slug', (topic) => {
  const survivors = readSurvivors(survivorsFile(topic.slug));

  test('gives each reason in a sentence', () => {
    for (const { reason, mutants } of survivors) {
      expect(reason).toMatch(/\.$/);
      expect(mutants).not.toEqual([]);
    }
  });

  test('speaks of code that is there', () => {
    const sources = new Map(
      filesOf(topic).map((file) => [
        file,
        oneLine(readFileSync(path.join(projectFolder, 'solutions', topic.slug, file), 'utf8')),
      ]),
    );
    const gone = survivors
      .flatMap(({ mutants }) => mutants)
      .filter((key) => {
        const [, file = '', original] = /^(\S+) \S+: (.*?)…? → /s.exec(key) ?? [];
        return !original || !sources.get(file)?.includes(original);
      });
    expect(gone, `npm run mutants -- ${topic.slug} says what has become of them`).toEqual([]);
  });
});
