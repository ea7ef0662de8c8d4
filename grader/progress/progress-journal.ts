/**
 * The learner's progress on disk: a journal that is only ever appended to, an event a line. The page
 * and the commands write to it at the same time, so nobody replaces what another has written.
 */
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
} from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { projectFolder } from '../../shared/project-path.ts';
import { claimStamp } from './claim-stamp.ts';
import {
  addEvent,
  earlierProgress,
  progressEvent,
  type Progress,
  type ProgressEvent,
} from './progress.ts';

export class ProgressJournal {
  /** The journal itself, for whoever watches it. */
  readonly file: string;
  readonly #earlierFile: string;

  constructor(folder = path.join(projectFolder, '.workbook')) {
    this.file = path.join(folder, 'progress.jsonl');
    this.#earlierFile = path.join(folder, 'progress.json');
  }

  /** What all events add up to. Lines that cannot be read count as absent. */
  read(): Progress {
    const lines = (textOf(this.file) ?? '').split('\n');
    return lines.flatMap(readEvent).reduce(addEvent, this.#readEarlier());
  }

  /** Appends those events that change something. */
  append(events: ProgressEvent[]): void {
    let progress = this.read();
    const news = events.filter((event) => {
      const next = addEvent(progress, event);
      const { topic } = event;
      const changes = !isDeepStrictEqual(next[topic] ?? {}, progress[topic] ?? {});
      progress = next;
      return changes;
    });
    if (news.length === 0) return;
    mkdirSync(path.dirname(this.file), { recursive: true });
    // One write, so that processes do not mix their lines; and it begins with a line end, so that
    // half a line of a process that died spoils nothing after it.
    appendFileSync(this.file, news.map((event) => `\n${JSON.stringify(event)}\n`).join(''));
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
