import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Makes the folders that lead there, too. */
export function writeFile(file: string, text: string): void {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  writeFileSync(file, text);
}
