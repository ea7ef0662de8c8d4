/**
 * `npm run grade -- --watch`, as a learner has it open beside the editor.
 *
 * @module-tag long
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { copyWorkbook, type WorkbookCopy } from '../../shared/copy-workbook.ts';
import { WatchingGrader } from '../watching-grader.ts';

let copy: WorkbookCopy;
beforeAll(() => {
  copy = copyWorkbook('watch');
});
let watch: WatchingGrader | undefined;
afterEach(() => watch?.end());
afterAll(() => copy.remove());

const inCopy = (file: string): string => path.join(copy.folder, file);

const solve = (slug: string, file: string): void =>
  cpSync(inCopy(`solutions/${slug}/${file}`), inCopy(`exercises/${slug}/${file}`));

const stub = 'exercises/08-city-input/city-input.ts';

test('grades the topic whose file was saved, and takes keys', async () => {
  const shipped = readFileSync(inCopy(stub), 'utf8');
  watch = new WatchingGrader(copy.folder, ['01', '08']);
  await watch.until(/q {2}quit/);

  writeFileSync(inCopy(stub), `${shipped}\nconst broken = (;\n`);
  const broken = await watch.until(/passed, [\d.]+ s after the save/);
  expect(broken).toMatch(/city-input\.ts:\d+: .*syntax error/);
  expect(broken).toMatch(/0 of \d+ passed/);
  expect(broken).not.toContain('OAuth discovery');

  solve('08-city-input', 'city-input.ts');
  expect(await watch.until(/passed, [\d.]+ s after the save/)).toMatch(/(\d+) of \1 passed/);
  watch.press('f');
  await watch.until(/No topic that was graded so far has a failed check/);
  watch.press('h');
  await watch.until(/Hint 1 of 3, new/);

  watch.press('a');
  const all = await watch.until(/08 City input[^]*passed, [\d.]+ s after the key/);
  expect(all).toContain('01 OAuth discovery');
  expect(await watch.quit()).toBe(0);
});

test('looks for itself where the system does not tell', async () => {
  watch = new WatchingGrader(copy.folder, ['01', '--poll']);
  await watch.until(/q {2}quit/);
  solve('01-oauth-discovery', 'metadata.ts');
  await watch.until(/\d of \d passed, [\d.]+ s after the save/);
  expect(await watch.quit()).toBe(0);
});
