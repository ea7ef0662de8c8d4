/** Folders for a while: named by the process that uses them, so that a later one can tidy up. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/** As `makeOwnFolder` names them, and nobody else does. */
const OWNED = /^[a-z-]+-(\d+)-[A-Za-z0-9]{6}$/;

/** A new folder in `parent`; what processes that have ended left there is removed. */
export function makeOwnFolder(parent: string, purpose: string): string {
  mkdirSync(parent, { recursive: true });
  removeLeftBehind(parent);
  return mkdtempSync(path.join(parent, `${purpose}-${process.pid}-`));
}

function removeLeftBehind(parent: string): void {
  for (const entry of readdirSync(parent, { withFileTypes: true })) {
    const { name } = entry;
    const owner = OWNED.exec(name)?.[1];
    if (!entry.isDirectory() || owner === undefined || isRunning(Number(owner))) continue;
    rmSync(path.join(parent, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It may be there, and somebody else's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
