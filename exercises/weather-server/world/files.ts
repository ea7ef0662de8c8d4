/** The file system of the world: a tree in memory, with symbolic links, and nothing beyond it. */
import type { Tape } from './tape.ts';

export interface Files {
  readFile(path: string): Promise<string>;
  writeFile(path: string, text: string): Promise<void>;
  readdir(path: string): Promise<string[]>;
  /** The path with every symbolic link followed; rejects if nothing is there. */
  realpath(path: string): Promise<string>;
}

/** Where reports are served from, and the folder beside it that must never be. */
export const REPORT_FOLDER = '/srv/weather/data';
export const SECRET_FOLDER = '/srv/weather/data-secret';

/** @param tree the files themselves; what is done with them is put on the tape here */
export function openFiles(tree: () => Promise<Files>, tape: Tape): Files {
  async function taped<T>(operation: string, path: string, run: () => Promise<T>): Promise<T> {
    try {
      const result = await run();
      const resolved = await (await tree()).realpath(path).catch(() => path);
      tape.write({ kind: 'file', operation, path, resolved });
      return result;
    } catch (error) {
      tape.write({ kind: 'file', operation, path, error: String(error) });
      throw error;
    }
  }
  return {
    readFile: (path) => taped('read', path, async () => (await tree()).readFile(path)),
    writeFile: (path, text) =>
      taped('write', path, async () => (await tree()).writeFile(path, text)),
    readdir: (path) => taped('list', path, async () => (await tree()).readdir(path)),
    realpath: async (path) => (await tree()).realpath(path),
  };
}
