/**
 * Reads and writes the learner's stubs on behalf of the page: exactly the files that the curriculum
 * names, found by looking the name up. Links are followed nowhere, so that a name stands for the
 * file it says.
 */
import { createHash } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { curriculum, filesOf } from '../../catalogue/curriculum.ts';
import { projectFolder } from '../../shared/project-path.ts';
import { SayPlainly } from '../../shared/say-plainly.ts';
import { makeSaveFolder } from '../../grader/progress/save-folder.ts';
import type { StubSave, StubText } from '../lab-api.ts';
import { MOST_STUB_BYTES, RouteError } from './routes/answers.ts';

/** Follows no link and waits for no pipe. Windows knows neither flag. */
const READ_ONLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Every stub there is -> the path to it, below the project folder. */
const stubs = new Map(
  curriculum.flatMap((topic) =>
    filesOf(topic).map((name): [string, string] => [
      `exercises/${topic.slug}/${name}`,
      path.join('exercises', topic.slug, name),
    ]),
  ),
);

export const isStub = (file: string): boolean => stubs.has(file);

/** What came of a wish to write: the file as it is now. */
export interface Written {
  saved: boolean;
  now: StubText;
}

/** All of it is synchronous, so that no two writes, and no look at the folder, come in between. */
export class StubFiles {
  readonly #project: string;
  /** File -> what the page wrote last; anything else came from elsewhere and is kept. */
  readonly #ownVersions = new Map<string, string>();

  constructor(project = projectFolder) {
    this.#project = project;
  }

  read(file: string): StubText {
    return describe(file, this.#open(file).bytes);
  }

  write({ file, text, version }: StubSave): Written {
    if (!text.isWellFormed()) {
      throw new RouteError(400, 'This text has half of a character in it and cannot be saved.');
    }
    const { place, bytes, mode } = this.#open(file);
    const before = describe(file, bytes);
    if (before.version !== version) return { saved: false, now: before };
    const lines = text.replaceAll(/\r\n?/g, '\n');
    const next = Buffer.from(endsLinesWithCrlf(bytes) ? lines.replaceAll('\n', '\r\n') : lines);
    if (next.length > MOST_STUB_BYTES) throw tooLong(file);
    const now = describe(file, next);
    if (now.version === before.version) return { saved: true, now };
    if (this.#ownVersions.get(file) !== version) this.#keep(file, bytes);
    replaceFile(file, place, next, mode);
    this.#ownVersions.set(file, now.version);
    return { saved: true, now };
  }

  #open(file: string): { place: string; bytes: Buffer; mode: number } {
    const name = stubs.get(file);
    if (name === undefined) throw new RouteError(404, 'The workbook has no such exercise file.');
    const place = path.join(realpathSync(this.#project), name);
    let descriptor: number | undefined;
    try {
      if (realpathSync(place) !== place) throw isLink(file);
      // Windows knows no O_NOFOLLOW; there, only the line before looks.
      descriptor = openSync(place, READ_ONLY);
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) throw new RouteError(403, `${file} is not a file.`);
      if (stats.size > MOST_STUB_BYTES) throw tooLong(file);
      return { place, bytes: readFileSync(descriptor), mode: stats.mode };
    } catch (error) {
      throw explain(error, file);
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }

  /** Puts what was written elsewhere to where `npm run reset` puts it. */
  #keep(file: string, bytes: Buffer): void {
    try {
      const kept = path.join(this.#project, makeSaveFolder(this.#project), file);
      mkdirSync(path.dirname(kept), { recursive: true });
      writeFileSync(kept, bytes, { flag: 'wx' });
    } catch (error) {
      throw explain(error, file);
    }
  }
}

/** All or nothing: whoever reads the file finds the text before or the text after. */
function replaceFile(file: string, place: string, bytes: Buffer, mode: number): void {
  // Not `.ts`: nobody takes it for code, should it be left behind.
  const draft = path.join(path.dirname(place), `.${path.basename(place)}.${process.pid}.saving`);
  try {
    accessSync(place, constants.W_OK);
    const descriptor = openSync(draft, 'wx');
    try {
      writeFileSync(descriptor, bytes);
      fchmodSync(descriptor, mode);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, place);
  } catch (error) {
    rmSync(draft, { force: true });
    throw explain(error, file);
  }
}

function describe(file: string, bytes: Buffer): StubText {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new RouteError(415, `${file} is not UTF-8 text. Save it as UTF-8 in your own editor.`);
  }
  return {
    text: text.replaceAll(/\r\n?/g, '\n'),
    version: createHash('sha256').update(bytes).digest('hex'),
  };
}

/** Most of them: a single other one is a slip. */
function endsLinesWithCrlf(bytes: Buffer): boolean {
  const ends = bytes.toString('latin1').match(/\r?\n/g) ?? [];
  return ends.filter((end) => end === '\r\n').length * 2 > ends.length;
}

const isLink = (file: string): RouteError =>
  new RouteError(403, `${file} is behind a link. The page only changes the file itself.`);

const tooLong = (file: string): RouteError =>
  new RouteError(413, `${file} would be larger than ${MOST_STUB_BYTES / 1024} KiB.`);

/** What the file system said, as a sentence for people. */
function explain(error: unknown, file: string): unknown {
  if (error instanceof SayPlainly) return new RouteError(409, error.message);
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof RouteError || code === undefined) return error;
  if (code === 'ENOENT') {
    const topic = /\d\d/.exec(file)?.[0];
    return new RouteError(
      404,
      `${file} is not there. npm run reset -- ${topic} brings it back as it was shipped.`,
    );
  }
  if (code === 'ELOOP') return isLink(file);
  const isForbidden = code === 'EACCES' || code === 'EPERM' || code === 'EROFS';
  return new RouteError(
    500,
    isForbidden
      ? `The lab may not change ${file} (${code}). See whether the file is read-only.`
      : `${file} could not be read or written (${code}).`,
  );
}
