/** The desktop of topic 22's client. Nothing is ever opened or started: what would be is on the tape. */
import type { StartEntry } from '../../exercises/weather-server/controls.ts';
import type { OpenedAs, Tape } from '../../exercises/weather-server/world/tape.ts';

/** What double quotes do not keep from a shell (POSIX, Shell Command Language §2.2.3), and line ends. */
const READ_BY_SHELLS = /[$`"\\\n\r]/;

/** The variables of the user's session. */
const USERS_VARIABLES: Readonly<Record<string, string>> = {
  HOME: '/home/alice',
  LOGNAME: 'alice',
  PATH: '/usr/local/bin:/usr/bin:/bin',
  SHELL: '/bin/bash',
  TERM: 'xterm-256color',
  USER: 'alice',
  GITHUB_TOKEN: 'the GitHub token of alice',
  AWS_SECRET_ACCESS_KEY: 'the AWS key of alice',
  DATABASE_URL: 'the database password of alice',
};

export interface Desktop {
  /** Hands an address to the system's opener; gives what becomes of it. */
  open(address: string): OpenedAs;
  /** Starts a program. `asked`: the user has just said yes. */
  start(entry: StartEntry, asked: boolean): void;
}

export const openDesktop = (tape: Tape): Desktop => ({
  open(address) {
    const as = openedAs(address);
    tape.write({ kind: 'opened', address, as });
    return as;
  },
  start({ command, args = [], env = {} }, asked) {
    tape.write({
      kind: 'started',
      argv: [command, ...args.map(withVariables)],
      env: Object.fromEntries(
        Object.entries(env).map(([name, value]) => [name, withVariables(value)]),
      ),
      asked,
    });
  },
});

const withVariables = (text: string): string =>
  text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => USERS_VARIABLES[name] ?? whole);

/**
 * What becomes of an address. The client starts the opener without a shell, and cannot know what stands
 * behind it: one reads options, as most programs do; one is a script, or passes a line on to a command
 * interpreter, with the address in double quotes; and all hand it to whatever has registered its scheme.
 */
function openedAs(address: string): OpenedAs {
  if (address.startsWith('-')) return 'option';
  if (READ_BY_SHELLS.test(address)) return 'shell';
  switch (schemeOf(address)) {
    case 'http:':
    case 'https:':
      return 'page';
    case 'javascript:':
    case 'data:':
    case 'vbscript:':
    case 'blob:':
      return 'script';
    case 'file:':
    case '':
      return 'file';
    default:
      return 'program';
  }
}

/** As browsers read it: in whichever case, with tabs in it. */
function schemeOf(address: string): string {
  try {
    return new URL(address).protocol;
  } catch {
    return '';
  }
}
