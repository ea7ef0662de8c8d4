/**
 * Knows how the stubs were shipped, so that `npm run reset` can bring them back, and so that the
 * workbook's own tests do not mistake a learner's progress for a defect. After changing a stub, an
 * author runs `npm run ship-stubs`.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { filesOf, curriculum, partEndedBy, type Topic } from './curriculum.ts';
import { projectFolder } from '../shared/project-path.ts';
import { SayPlainly } from '../shared/say-plainly.ts';

const record = path.join(import.meta.dirname, 'shipped-stubs.json');

export interface ShippedStub {
  /** Relative to the project folder. */
  file: string;
  /** Undefined: nobody has run `npm run ship-stubs` for it yet. */
  shipped: string | undefined;
  /** As it is now, whatever line ends the checkout uses; undefined: there is no such file. */
  present: string | undefined;
}

/** File, relative to the project folder -> its text as it was shipped. */
const shippedStubs = (): Map<string, string> =>
  z
    .map(z.string(), z.string())
    .parse(new Map(Object.entries(JSON.parse(readFileSync(record, 'utf8')) as object)));

/** The stubs of a topic that differ from how they were shipped, or are missing. */
export function editedStubs(topic: Topic): ShippedStub[] {
  const texts = shippedStubs();
  return stubsOf(topic)
    .map((file) => ({ file, shipped: texts.get(file), present: textOf(file) }))
    .filter(({ shipped, present }) => shipped !== present);
}

/** Nothing of the learner's is in it, nor in what a capstone is graded by as well. */
export const isUntouched = (topic: Topic): boolean =>
  [topic, ...(partEndedBy(topic.slug)?.topics ?? [])].every((one) => editedStubs(one).length === 0);

/** Undefined: no such stub was shipped. */
export const shippedTextOf = (file: string): string | undefined => shippedStubs().get(file);

/**
 * Puts the stubs into a copy of the workbook, as they were shipped. What a learner has written beside
 * them goes; a topic of which no stub was shipped yet stays.
 */
export function layShippedStubs(workbook: string): void {
  const texts = shippedStubs();
  const exercises = path.join(workbook, 'exercises');
  const unshipped = curriculum.filter((topic) => !stubsOf(topic).some((file) => texts.has(file)));
  const kept = ['weather-server', ...unshipped.map(({ slug }) => slug)];
  for (const name of readdirSync(exercises)) {
    if (!kept.includes(name)) rmSync(path.join(exercises, name), { recursive: true });
  }
  for (const [file, text] of texts) {
    mkdirSync(path.dirname(path.join(workbook, file)), { recursive: true });
    writeFileSync(path.join(workbook, file), text);
  }
}

/** Records the stubs as they are now. */
export function shipStubs(): void {
  const stubs = curriculum.flatMap(stubsOf).map((file) => [file, textOf(file)]);
  writeFileSync(record, `${JSON.stringify(Object.fromEntries(stubs), null, 2)}\n`);
}

/** Relative to the project folder. */
export const stubsOf = (topic: Topic): string[] =>
  filesOf(topic).map((file) => `exercises/${topic.slug}/${file}`);

function textOf(file: string): string | undefined {
  try {
    const place = path.join(projectFolder, file);
    // A pipe would be waited for without end.
    if (!statSync(place).isFile())
      throw new SayPlainly(`${file} is not a file. Put one in its place.`);
    return readFileSync(place, 'utf8').replaceAll('\r\n', '\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
