/**
 * The learner's progress on disk: a journal that is only ever appended to, an event a line. The page
 * and the commands write to it at the same time, so nobody replaces what another has written.
 */
import {
  appendFileSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { curriculum } from '../../catalogue/curriculum.ts';
import { projectFolder } from '../../shared/project-path.ts';
import { SayPlainly } from '../../shared/say-plainly.ts';
import { claimStamp } from './claim-stamp.ts';
import {
  addEvent,
  earlierProgress,
  progressEvent,
  type Progress,
  type ProgressEvent,
} from './progress.ts';
import { parseJson } from '../../shared/parse-json.ts';

/** What was read of one file, up to the end of its last whole line. */
interface Known {
  /** Tells whether it still is the same file. */
  file: string;
  bytes: number;
  progress: Progress;
}

export class ProgressJournal {
  /** The journal itself, for whoever watches it. */
  readonly file: string;
  readonly #earlierFile: string;
  #known: Known | undefined;

  constructor(folder = path.join(projectFolder, '.workbook')) {
    this.file = path.join(folder, 'progress.jsonl');
    this.#earlierFile = path.join(folder, 'progress.json');
  }

  /**
   * What all events add up to. Lines that cannot be read count as absent, and so do topics that there
   * are none of. What this process has read before is not read again.
   */
  read(): Progress {
    const { text, ...now } = this.#unread();
    const end = text.lastIndexOf('\n') + 1;
    const known = {
      ...now,
      bytes: now.bytes + Buffer.byteLength(text.slice(0, end)),
      progress: withLines(now.progress, text.slice(0, end)),
    };
    this.#known = known;
    // A writer may be at it, or have died; or an editor has left the last line without an end.
    return withLines(known.progress, text.slice(end));
  }

  #unread(): Known & { text: string } {
    const earlier = statSync(this.#earlierFile, { throwIfNoEntry: false });
    const descriptor = openJournal(this.file);
    if (descriptor === undefined) {
      return { file: '', bytes: 0, progress: this.#readEarlier(), text: '' };
    }
    try {
      const { ino, birthtimeMs, size } = fstatSync(descriptor);
      const file = `${ino} ${birthtimeMs} ${earlier?.mtimeMs}`;
      const isSame = this.#known?.file === file && this.#known.bytes <= size;
      const known = isSame ? this.#known : undefined;
      const { bytes, progress } = known ?? { bytes: 0, progress: this.#readEarlier() };
      const unread = Buffer.alloc(size - bytes);
      const read = readSync(descriptor, unread, 0, unread.length, bytes);
      return { file, bytes, progress, text: unread.toString('utf8', 0, read) };
    } finally {
      closeSync(descriptor);
    }
  }

  /** Appends those events that change something. */
  append(events: ProgressEvent[]): void {
    let progress = this.read();
    const news = events.filter((event) => {
      const { topic } = event;
      if (!topics.has(topic)) return false;
      const next = addEvent(progress, event);
      const changes = !isDeepStrictEqual(next[topic] ?? {}, progress[topic] ?? {});
      progress = next;
      return changes;
    });
    if (news.length === 0) return;
    try {
      mkdirSync(path.dirname(this.file), { recursive: true });
      // One write, so that processes do not mix their lines; and it begins with a line end, so that
      // half a line of a process that died spoils nothing after it.
      appendFileSync(this.file, news.map((event) => `\n${JSON.stringify(event)}\n`).join(''));
    } catch (error) {
      throw notKept('written', error);
    }
  }

  /**
   * Begins anew. What was there keeps under a name that says when; the names, relative to the
   * project folder. A process that is appending at this moment writes to the one file or the other:
   * a rename takes the whole file along, and the next event makes a new one.
   */
  putAside(at = new Date()): string[] {
    return [this.file, this.#earlierFile]
      .filter((file) => existsSync(file))
      .map((file) => {
        const aside = reserveName(file, at);
        renameSync(file, aside);
        return path.relative(projectFolder, aside).replaceAll(path.sep, '/');
      });
  }

  #readEarlier(): Progress {
    const parsed = earlierProgress.safeParse(parseJson(textOf(this.#earlierFile) ?? '{}'));
    return parsed.success ? parsed.data : {};
  }
}

/** Makes an empty file beside `file` that nobody else has, so that a rename replaces nothing. */
function reserveName(file: string, at: Date): string {
  const { dir, name, ext } = path.parse(file);
  return claimStamp(at, (stamp) => {
    const reserved = path.join(dir, `${name}-${stamp}${ext}`);
    closeSync(openSync(reserved, 'wx'));
    return reserved;
  });
}

function readEvent(line: string): ProgressEvent[] {
  const parsed = progressEvent.safeParse(parseJson(line));
  return parsed.success ? [parsed.data] : [];
}

/** Undefined if there is none. */
function openJournal(file: string): number | undefined {
  try {
    // Waits for no pipe.
    const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (fstatSync(descriptor).isFile()) return descriptor;
    closeSync(descriptor);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw notKept('read', error);
  }
  throw notKept('read', { code: 'it is not a file' });
}

const notKept = (what: 'read' | 'written', error: unknown): SayPlainly =>
  new SayPlainly(
    `Your progress, .workbook/progress.jsonl, cannot be ${what} (${(error as NodeJS.ErrnoException).code}). Everything else is as before; mend or move it, and try again.`,
  );

const topics: ReadonlySet<string> = new Set(curriculum.map(({ slug }) => slug));

function withLines(progress: Progress, text: string): Progress {
  const events = text.split('\n').flatMap(readEvent);
  return events.filter(({ topic }) => topics.has(topic)).reduce(addEvent, progress);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw notKept('read', error);
  }
}
