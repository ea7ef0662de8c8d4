/**
 * What a learner has from an earlier workbook is read by this one: progress, pins, a stub that they
 * have edited, and versions that were saved. The files in `earlier-workbook/` were written by 143ba2d.
 *
 * @module-tag long
 */
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pinsIn } from '../../grader/progress/pins.ts';
import { ProgressJournal } from '../../grader/progress/progress-journal.ts';
import { copyWorkbook, type WorkbookCopy } from '../../shared/copy-workbook.ts';

const TOPIC = '08-city-input';
const STUB = `exercises/${TOPIC}/city-input.ts`;
const SAVED = '.workbook/saved/2026-11-29T18-35-33/exercises/10-rate-limits/rate-limiter.ts';
const earlier = path.join(import.meta.dirname, 'earlier-workbook');

let copy: WorkbookCopy;
const inCopy = (file: string): string => path.join(copy.folder, file);
beforeAll(() => {
  copy = copyWorkbook('earlier');
  mkdirSync(path.dirname(inCopy(SAVED)), { recursive: true });
  cpSync(path.join(earlier, 'progress.jsonl'), inCopy('.workbook/progress.jsonl'));
  cpSync(path.join(earlier, 'saved-rate-limiter.txt'), inCopy(SAVED));
  cpSync(path.join(earlier, 'city-input.txt'), inCopy(STUB));
});
afterAll(() => copy.remove());

test('the journal adds up to what was done', () => {
  const progress = new ProgressJournal(inCopy('.workbook')).read();
  expect(progress[TOPIC]?.grade).toMatchObject({ passed: 9, all: 9, failed: [] });
  expect(progress[TOPIC]?.verdicts).toMatchObject({ 'city-redos': 'blocked' });
  expect(progress['05-access-tokens']).toMatchObject({ hints: 1, spoiled: true });
  expect(pinsIn(progress)[TOPIC]).toMatchObject([{ attack: 'city-length-type', name: 'mine' }]);
});

test('an edited stub is graded, with its pin, and a reset saves it beside what was saved', async () => {
  const graded = await copy.run('commands/grade.ts', ['08']);
  expect(graded.output).toContain('city-length-type/pinned: mine');
  expect(graded.output).not.toContain('could not be loaded');
  const reset = await copy.run('commands/reset.ts', ['08']);
  const [, saved = ''] = /Saved\s+(\S+)/.exec(reset.output) ?? [];
  expect(readFileSync(inCopy(saved), 'utf8')).toBe(
    readFileSync(path.join(earlier, 'city-input.txt'), 'utf8'),
  );
  expect(readFileSync(inCopy(SAVED), 'utf8')).toContain('My own words about cities.');
});
