/**
 * The code of a target's process in a few files, so that to start one does not mean to find, read
 * and translate a thousand. Made when its sources have changed, and kept in `.built/`. Learners'
 * files are not in it: they are read from disk by each process, and what they import of the given
 * server or of its packages is what the bundle has, once (see `own-work.mjs`).
 */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import path from 'node:path';
import { digests, hashOf } from '../../shared/digests.ts';
import { makeOwnFolder } from '../../shared/own-folder.ts';
import { projectFolder } from '../../shared/project-path.ts';

/** Beside it stands what is bundled: `modules.json`. */
export const START = 'start.mjs';

/** All that decides what a target's process is, but for learners' files. */
const SOURCES = ['package-lock.json', 'exercises/weather-server', 'lab', 'shared', 'solutions'];
const KEPT_MS = 24 * 60 * 60_000;

/** The folder of a bundle that is up to date. Takes a second if there is none, else some milliseconds. */
export async function hostBundle(): Promise<string> {
  const parent = path.join(projectFolder, '.built');
  const name = `host-${hashOf(digests(projectFolder, SOURCES)).slice(0, 20)}`;
  const folder = path.join(parent, name);
  if (!existsSync(folder)) await build(parent, folder);
  markUsed(folder);
  return folder;
}

function markUsed(folder: string): void {
  const now = new Date();
  try {
    utimesSync(folder, now, now);
  } catch {
    // Where nothing can be written, nothing is forgotten either.
  }
}

const building = new Map<string, Promise<void>>();

function build(parent: string, folder: string): Promise<void> {
  const begun = building.get(folder) ?? make(parent, folder);
  building.set(folder, begun);
  return begun.finally(() => building.delete(folder));
}

async function make(parent: string, folder: string): Promise<void> {
  // Not needed, nor loaded, when the bundle is there.
  const { bundleHost } = await import('./bundle-host.ts');
  const made = makeOwnFolder(parent, 'making');
  try {
    await bundleHost(made);
    renameSync(made, folder);
  } catch (error) {
    // Another process has made the same in the meantime.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  forgetOld(parent);
}

/** A process that runs may still load a part of what it was started from. */
function forgetOld(parent: string): void {
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) {
    const folder = path.join(parent, name);
    const usedAt = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (name.startsWith('host-') && Date.now() - usedAt > KEPT_MS) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
