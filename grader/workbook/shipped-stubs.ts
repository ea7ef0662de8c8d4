/**
 * Knows how the stubs were shipped, by fingerprint, so that the workbook's own tests do not mistake
 * a learner's progress for a defect. After changing a stub, an author runs `npm run ship-stubs`.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { filesOf, curriculum, type Topic } from '../curriculum.ts';

const root = path.resolve(import.meta.dirname, '../..');
const record = path.join(import.meta.dirname, 'shipped-stubs.json');

/** The stubs of a topic that differ from how they were shipped. */
export function editedStubs(slug: string): string[] {
  const shipped = JSON.parse(readFileSync(record, 'utf8')) as Record<string, string>;
  const topic = curriculum.find((present) => present.slug === slug);
  return topic ? stubsOf(topic).filter((file) => shipped[file] !== fingerprint(file)) : [];
}

/** Records the stubs as they are now. */
export function shipStubs(): void {
  const stubs = curriculum.flatMap(stubsOf).map((file) => [file, fingerprint(file)]);
  writeFileSync(record, `${JSON.stringify(Object.fromEntries(stubs), null, 2)}\n`);
}

const stubsOf = (topic: Topic): string[] =>
  filesOf(topic).map((file) => `exercises/${topic.slug}/${file}`);

/** Of the text, whatever line ends the checkout uses; a missing file has none. */
function fingerprint(file: string): string | undefined {
  try {
    const text = readFileSync(path.join(root, file), 'utf8').replaceAll('\r\n', '\n');
    return createHash('sha256').update(text).digest('hex');
  } catch {
    return undefined;
  }
}
