import { lstatSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes the folders that lead there, too. A file is replaced whole, so that whoever reads it meanwhile,
 * or ends this process, never leaves half of one.
 */
export function writeFile(file: string, text: string): void {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  const stats = lstatSync(file, { throwIfNoEntry: false });
  // A device, a pipe or a link keeps its place, and is written through.
  if (stats && !stats.isFile()) return writeFileSync(file, text);
  const beside = `${file}.${process.pid}.part`;
  writeFileSync(beside, text);
  renameSync(beside, file);
}
