/**
 * Where a submission is graded: what its code can see, write and reach. Both kinds give it a network
 * of its own with nothing but loopback, processes of its own, no home, no rights, the copy of the
 * workbook and its packages to read, and a temporary folder to write in. All of it ends with the run.
 *
 * Not checked: that the kernel keeps what it promises. Memory is limited in a container only.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../../shared/project-path.ts';

/** A script of a copy of the workbook, to be run apart. */
interface ApartRun {
  /** Folder of the copy. */
  workbook: string;
  /** A folder that this run alone has. */
  temporary: string;
  /** For Node: a file and what it is given. */
  script: string[];
}

export interface Sandbox {
  /** Behind “graded”. */
  name: string;
  /** What it and the process that grades talk over: a socket that it inherits, or lines of text. */
  talksOver: 'socket' | 'lines';
  command: (run: ApartRun) => { file: string; args: string[] };
}

const packages = path.join(projectFolder, 'node_modules');
/** What a run writes into its copy: the page of Vitest, and what the whole-server check reports. */
const WRITTEN = ['.workbook'];

/** Makes what is mounted in a copy that is not to be changed any more. */
export function makePlaces(workbook: string): void {
  for (const place of WRITTEN) mkdirSync(path.join(workbook, place), { recursive: true });
}

/** Settings of the system that Node needs to start, where there are any. */
const SYSTEM = ['/etc/alternatives', '/etc/ld.so.cache', '/lib', '/lib64', '/bin', '/sbin'];

/** Linux, with the command `bwrap` of the package `bubblewrap`. */
export const bubblewrap: Sandbox = {
  name: 'in bubblewrap',
  talksOver: 'socket',
  command: ({ workbook, temporary, script }) => ({
    file: 'bwrap',
    args: [
      // As root it would keep every right, and in some containers it may not start without `user`.
      [
        '--unshare-all',
        '--unshare-user',
        '--cap-drop',
        'ALL',
        '--die-with-parent',
        '--new-session',
      ],
      ['--ro-bind', '/usr', '/usr', '--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
      SYSTEM.flatMap((place) => ['--ro-bind-try', place, place]),
      [nodeFolder, packages, workbook].flatMap((place) => ['--ro-bind', place, place]),
      WRITTEN.flatMap((place) => ['--tmpfs', path.join(workbook, place)]),
      ['--bind', temporary, temporary, '--remount-ro', '/', '--chdir', workbook],
      [process.execPath, ...script],
    ].flat(),
  }),
};

/** Of the executable, wherever a version manager has put it. */
const nodeFolder = path.dirname(process.execPath);

/** Nobody, in most images. */
const NOBODY = '65534:65534';
const MOST_WRITTEN = 'rw,mode=1777,size=1g';

/** @param engine a command that understands what Docker's does */
export const container = (engine: 'docker' | 'podman'): Sandbox => ({
  name: `in a container (${engine})`,
  talksOver: 'lines',
  command: ({ workbook, script }) => ({
    file: engine,
    args: [
      ['run', '--rm', '--interactive', '--network', 'none', '--read-only', '--user', NOBODY],
      ['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
      ['--pids-limit', '512', '--memory', '4g'],
      [packages, workbook].flatMap((place) => ['--volume', `${place}:${place}:ro`]),
      ['/tmp', ...WRITTEN.map((place) => path.join(workbook, place))].flatMap((place) => [
        '--tmpfs',
        `${place}:${MOST_WRITTEN}`,
      ]),
      ['--env', 'HOME=/tmp', '--workdir', workbook, `node:${process.versions.node}-slim`],
      ['node', ...script],
    ].flat(),
  }),
});

/** The first that works here. Its own packages are for this system, so that a container is one of Linux. */
export function findSandbox(): Sandbox | undefined {
  if (process.platform !== 'linux') return undefined;
  if (works('bwrap', ['--unshare-all', '--unshare-user', '--ro-bind', '/', '/', 'true'])) {
    return bubblewrap;
  }
  const engine = (['docker', 'podman'] as const).find((one) => works(one, ['info']));
  return engine && container(engine);
}

const works = (file: string, args: string[]): boolean =>
  spawnSync(file, args, { stdio: 'ignore', timeout: 10_000 }).status === 0;
