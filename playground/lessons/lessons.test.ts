/** The lessons themselves, as the page gets them. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { readOutline } from './lesson-outlines.ts';
import type { Outline } from './outline.ts';

const projectFolder = path.resolve(import.meta.dirname, '../..');
const lessonFolder = path.join(projectFolder, 'lessons');
const outlines = new Map<string, Outline>();

beforeAll(async () => {
  // A heading that is not there, or a head that is wrong, throws.
  for (const name of readdirSync(lessonFolder)) {
    outlines.set(name.slice(0, 2), await readOutline(path.join(lessonFolder, name), projectFolder));
  }
});

it('the fast track leaves time to fire something in half an hour', () => {
  const steps = [...outlines].flatMap(([number, { sections }]) =>
    sections.filter(({ fastTrack }) => fastTrack).map((section) => ({ number, ...section })),
  );
  expect([...new Set(steps.map(({ number }) => number))]).toEqual([
    '01',
    '05',
    '08',
    '10',
    '12',
    '13',
  ]);
  const minutes = steps.reduce((sum, step) => sum + step.minutes, 0);
  expect(minutes).toBeGreaterThan(12);
  expect(minutes).toBeLessThan(22);
});
