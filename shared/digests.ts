/** Digests of files, by which a later look knows whether they are the same. */
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** SHA-256 of the text of each file, never through a link, in the given files and folders, by its place in `folder`. */
export function digests(folder: string, places: string[]): Map<string, string> {
  return new Map(
    places
      .flatMap((place) => filesUnder(folder, place))
      .map((file) => [file, digest(path.join(folder, file))]),
  );
}

/** No source file is as long. What is longer has its length for a digest. */
const MOST_BYTES = 16 * 1024 * 1024;

/** A learner's code may have put there what is never read to its end: a pipe, a link to anywhere. */
function digest(file: string): string {
  const stats = lstatSync(file);
  if (stats.isSymbolicLink()) return `a link to ${readlinkSync(file)}`;
  if (!stats.isFile()) return 'not a file';
  return stats.size > MOST_BYTES ? `${stats.size} bytes` : sha256(textOf(file));
}

/** A missing file is none; what somebody has installed in a folder is not the workbook's. */
function filesUnder(folder: string, place: string): string[] {
  const stats = lstatSync(path.join(folder, place), { throwIfNoEntry: false });
  if (!stats || path.basename(place) === 'node_modules') return [];
  if (!stats.isDirectory()) return stats.isFile() ? [place] : [];
  return readdirSync(path.join(folder, place)).flatMap((name) =>
    filesUnder(folder, `${place}/${name}`),
  );
}

/** SHA-256 of the list as `sha256sum` writes it. */
export function hashOf(files: ReadonlyMap<string, string>): string {
  const lines = [...files.keys()].sort().map((file) => `${files.get(file)}  ${file}\n`);
  return sha256(lines.join(''));
}

/** Line ends are the checkout's business. */
const textOf = (file: string): string => readFileSync(file, 'utf8').replaceAll('\r\n', '\n');

export const sha256 = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');
