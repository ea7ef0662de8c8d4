/** What commands write, and what those that were killed leave behind. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeOwnFolder } from './own-folder.ts';
import { writeFile } from './write-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'workbook-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a file is replaced by another, so that nobody reads half of it; its rights stay', () => {
  const file = path.join(folder, 'made/result.json');
  writeFile(file, 'first');
  chmodSync(file, 0o600);
  const { ino, mode } = statSync(file);
  writeFile(file, 'second');
  expect(readFileSync(file, 'utf8')).toBe('second');
  expect(statSync(file).ino).not.toBe(ino);
  expect(statSync(file).mode).toBe(mode);
  expect(readdirSync(path.dirname(file))).toEqual(['result.json']);
});

test('what cannot be written leaves nothing behind', () => {
  mkdirSync(path.join(folder, 'taken'));
  expect(() => writeFile(path.join(folder, 'taken'), 'text')).toThrow(/EISDIR/);
  expect(readdirSync(folder)).toEqual(['taken']);
});

test('folders of processes that have ended are removed, and nothing else', () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const running = makeOwnFolder(folder, 'page');
  const others = ['saved', 'page', 'progress-2026-11-29T10-00-00.jsonl', `page-${pid}`];
  for (const name of [...others, `page-${pid}-AbC123`, `a-test-${pid}-xyz789`]) {
    mkdirSync(path.join(folder, name));
  }
  writeFileSync(path.join(folder, `file-${pid}-AbC123`), '');
  const made = makeOwnFolder(folder, 'page');
  expect(readdirSync(folder).sort()).toEqual(
    [...others, `file-${pid}-AbC123`, path.basename(running), path.basename(made)].sort(),
  );
});
