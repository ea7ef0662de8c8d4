import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { makeSaveFolder } from './save-folder.ts';

// Making links needs a privilege on Windows.
test.runIf(process.platform !== 'win32').each(['.workbook', '.workbook/saved'])(
  'saves nothing where %s is a link',
  (link) => {
    const project = mkdtempSync(path.join(tmpdir(), 'workbook-saved-'));
    const elsewhere = mkdtempSync(path.join(tmpdir(), 'workbook-elsewhere-'));
    mkdirSync(path.dirname(path.join(project, link)), { recursive: true });
    symlinkSync(elsewhere, path.join(project, link));
    expect(() => makeSaveFolder(project)).toThrow(/is a link, so that nothing was saved there/);
    expect(readdirSync(elsewhere)).toEqual([]);
    for (const folder of [project, elsewhere]) rmSync(folder, { recursive: true });
  },
);
