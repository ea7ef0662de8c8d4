/** Tells what was saved in a folder, by the system's word or by looking every now and then. */
import { readdirSync, readFileSync, watch } from 'node:fs';
import path from 'node:path';

/** Editors write a file in several steps. */
const SETTLED_AFTER_MS = 30;
const LOOK_EVERY_MS = 300;

interface WatchOptions {
  /** Looks at the files itself: for network and virtual drives, which report nothing. */
  poll?: boolean;
  /** The only file that is looked at; it need not be there yet. */
  only?: string;
}

/**
 * @param changed gets the names of files whose content is another, and when it was noticed, by
 *   `performance.now()`
 * @returns stops watching
 */
export function watchFolder(
  folder: string,
  changed: (names: string[], at: number) => void,
  { poll = false, only }: WatchOptions = {},
): () => void {
  let known = contentsOf(folder, only);
  const look = (at: number): void => {
    const contents = contentsOf(folder, only);
    const names = new Set([...known.keys(), ...contents.keys()]);
    const news = [...names].filter((name) => known.get(name) !== contents.get(name));
    known = contents;
    if (news.length > 0) changed(news, at);
  };
  if (poll) {
    const timer = setInterval(() => look(performance.now()), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }
  let settling: NodeJS.Timeout | undefined;
  const watcher = watch(folder, () => {
    const at = performance.now();
    clearTimeout(settling);
    settling = setTimeout(() => look(at), SETTLED_AFTER_MS);
  });
  return () => {
    clearTimeout(settling);
    watcher.close();
  };
}

/** All that stands in the folder, by name; a file that is being replaced counts as empty. */
function contentsOf(folder: string, only: string | undefined): Map<string, string> {
  try {
    const names = only === undefined ? readdirSync(folder) : [only];
    return new Map(names.map((name) => [name, read(path.join(folder, name))]));
  } catch {
    return new Map();
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
