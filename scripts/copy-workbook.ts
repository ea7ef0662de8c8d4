/**
 * A copy of the workbook to test in: tests change stubs on disk, and a learner's own files are never
 * touched. The copy lies inside the project, so that it finds the installed packages.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const COPIED = [
  'exercises',
  'grader',
  'lessons',
  'playground',
  'solutions',
  'scripts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
];

export interface WorkbookCopy {
  folder: string;
  remove: () => void;
}

/** Stubs are as they are in this checkout. */
export function copyWorkbook(purpose: string): WorkbookCopy {
  const copies = path.join(root, '.copies');
  mkdirSync(copies, { recursive: true });
  const folder = mkdtempSync(path.join(copies, `${purpose}-`));
  for (const name of COPIED) {
    cpSync(path.join(root, name), path.join(folder, name), {
      recursive: true,
      filter: (source) => path.basename(source) !== 'node_modules',
    });
  }
  return {
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
