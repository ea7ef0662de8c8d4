/**
 * Files under one root on the disk. The server knows them by the names that its tools use, under
 * `/srv/weather`; whatever leads out of the root, also through a link, is not there.
 */
import { constants, mkdirSync, writeFileSync } from 'node:fs';
import { open, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { REPORT_FOLDER, type Files } from '../../../../exercises/weather-server/world/files.ts';

const KNOWN_AS = path.posix.dirname(REPORT_FOLDER);
const MOST_BYTES = 1024 * 1024;

/** @param root a folder that is there */
export async function openTree(root: string): Promise<Files> {
  const top = await realpath(root);

  /** Where a name leads; rejects if nothing is there. */
  async function find(name: string): Promise<string> {
    const real = await realpath(path.join(top, within(name)));
    if (real !== top && !real.startsWith(top + path.sep)) throw notThere(name);
    return real;
  }

  return {
    async readFile(name) {
      // Not through a link that somebody puts there meanwhile, and without waiting for a pipe.
      const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants; // the last two are not on Windows
      const file = await open(await find(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
      try {
        const found = await file.stat();
        if (!found.isFile()) throw notThere(name);
        if (found.size > MOST_BYTES) throw new Error('the file is too large');
        return await file.readFile('utf8');
      } finally {
        await file.close();
      }
    },
    async writeFile(name, text) {
      const folder = await find(path.posix.dirname(name));
      const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
      const flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW;
      const file = await open(path.join(folder, path.posix.basename(name)), flags, 0o640);
      try {
        await file.writeFile(text);
      } finally {
        await file.close();
      }
    },
    readdir: async (name) => readdir(await find(name)),
    async realpath(name) {
      const inside = path
        .relative(top, await find(name))
        .split(path.sep)
        .join('/');
      return path.posix.join(KNOWN_AS, inside);
    },
  };
}

/** Writes what a new server has to serve, unless there is such a folder. */
export function putReports(root: string, reports: ReadonlyMap<string, string>): void {
  const folder = path.join(root, path.posix.basename(REPORT_FOLDER));
  const isNew = mkdirSync(folder, { recursive: true }) !== undefined;
  if (!isNew) return;
  for (const [name, text] of reports) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text, { flag: 'wx', mode: 0o640 });
  }
}

/** Relative to the root. */
function within(name: string): string {
  const known = path.posix.resolve(KNOWN_AS, name);
  if (known !== KNOWN_AS && !known.startsWith(`${KNOWN_AS}/`)) throw notThere(name);
  return known.slice(KNOWN_AS.length);
}

const notThere = (name: string): Error =>
  Object.assign(new Error(`ENOENT: no such file or directory, '${name}'`), { code: 'ENOENT' });
