import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { headingsOf } from '../workbook/lesson-headings.ts';
import { requirements } from './checklist.ts';

const lessons = path.resolve(import.meta.dirname, '../../lessons');

test('ids are unique, and every item leads to a heading of a lesson', () => {
  expect(new Set(requirements.map(({ id }) => id)).size).toBe(requirements.length);
  for (const { id, lesson } of requirements) {
    const [topic = '', anchor = ''] = lesson.split('#');
    const headings = headingsOf(readFileSync(path.join(lessons, `${topic}.md`), 'utf8'));
    expect(headings, `${id} leads to ${lesson}`).toContain(anchor);
  }
});

test('every item cites something over https, and says how to fix it in a sentence', () => {
  for (const { id, reference, fix, title } of requirements) {
    expect(reference.url, id).toMatch(/^https:\/\//);
    expect(fix, id).toMatch(/\.$/);
    expect(title, id).not.toMatch(/\.$/);
  }
});
