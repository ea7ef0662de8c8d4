/** Ends what a submission started and left behind. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** How a process is known to belong to a run. */
export interface Run {
  /** Leads the group. */
  pid: number;
  /** Stands in the environment of all that have not changed theirs. */
  temporary: string;
  /** Where they work that have not gone elsewhere. */
  workbook: string;
}

const ROUNDS = 100;
const BETWEEN_MS = 20;

/** Ends the group at once; settles when nobody of the run is left, or with how many there still are. */
export async function endRun(run: Run): Promise<number> {
  endNow(run);
  if (process.platform !== 'linux') return 0;
  let left = membersOf(run);
  for (let round = 0; left.length > 0 && round < ROUNDS; round++) {
    for (const pid of left) kill(pid);
    await wait(BETWEEN_MS);
    left = membersOf(run);
  }
  return left.length;
}

/** Ends all that can be found at this moment, and waits for nothing. */
export function endNow(run: Run): void {
  if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(run.pid), '/t', '/f']);
  else kill(-run.pid);
  if (process.platform === 'linux') for (const pid of membersOf(run)) kill(pid);
}

/**
 * Those of the group, and those that left it but kept the environment or the folder that they were given.
 * Who changes both is not found.
 */
function membersOf({ pid: group, temporary, workbook }: Run): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1 && pid !== process.pid && belongs(pid));

  function belongs(pid: number): boolean {
    const stat = read(`/proc/${pid}/stat`);
    // Behind the name, which may hold anything: state, parent, group.
    const [state, , ownGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === undefined || state === 'Z' || state === 'X') return false;
    if (Number(ownGroup) === group) return true;
    const environment = read(`/proc/${pid}/environ`).split('\0');
    return environment.includes(`TMPDIR=${temporary}`) || isIn(workbook, folderOf(pid));
  }
}

const isIn = (folder: string, place: string): boolean =>
  place === folder || place.startsWith(`${folder}${path.sep}`);

function folderOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return ''; // It is gone, or another user's.
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone.
  }
}
