/** Where the project is, and how its files are named to people. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const projectFolder = path.resolve(import.meta.dirname, '..');

/** `exercises/05-…/file.ts`, with any `:line` kept; a path outside the project stays as it is. */
export function inProject(place: string): string {
  if (!place.startsWith(projectFolder)) return place;
  return path.relative(projectFolder, place).split(path.sep).join('/');
}

export function workbookVersion(): string {
  const manifest = readFileSync(path.join(projectFolder, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
