import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Makes the folders that lead there, too. Whoever reads finds the text before or the one after. */
export function writeFile(file: string, text: string): void {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  const stats = statSync(file, { throwIfNoEntry: false });
  // A terminal or a pipe cannot be replaced, and a folder shall say so.
  if (stats && !stats.isFile()) {
    writeFileSync(file, text);
    return;
  }
  const beside = `${file}.${process.pid}.writing`;
  try {
    writeFileSync(beside, text, { flag: 'wx', mode: stats?.mode ?? 0o666 });
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
