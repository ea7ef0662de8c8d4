/**
 * The shell of the world: a bash interpreter over the in-memory tree, behind the two signatures of
 * node:child_process that matter. `; rm -rf /` really runs, on that tree and nothing else.
 */
import type { Bash, InMemoryFs } from 'just-bash';
import { REPORT_FOLDER } from './files.ts';
import type { Tape } from './tape.ts';

export interface ShellResult {
  stdout: string;
  stderr: string;
  exitCode: number;
}

export interface Shell {
  /** Hands a line to the shell, which interprets it. */
  exec(line: string): Promise<ShellResult>;
  /** Runs one program with an argument vector. `shell: true` brings the interpreter back. */
  execFile(file: string, args: string[], options?: { shell?: boolean }): Promise<ShellResult>;
}

export function openShell(tree: () => Promise<InMemoryFs>, tape: Tape): Shell {
  let bash: Promise<Bash> | undefined;
  const interpreter = (): Promise<Bash> => (bash ??= openInterpreter(tree));

  async function taped(argv: string[], shell: boolean, run: () => Promise<ShellResult>) {
    const { stdout, stderr, exitCode } = await run();
    tape.write({ kind: 'shell', argv, shell, exitCode });
    return { stdout, stderr, exitCode };
  }
  const exec = (line: string) => taped([line], true, async () => (await interpreter()).exec(line));
  return {
    exec,
    execFile: (file, args, options) =>
      options?.shell
        ? exec([file, ...args].join(' '))
        : taped([file, ...args], false, async () => (await interpreter()).exec(file, { args })),
  };
}

async function openInterpreter(tree: () => Promise<InMemoryFs>): Promise<Bash> {
  const { Bash, defineCommand } = await import('just-bash');
  const files = await tree();
  const readFile = (path: string) => files.readFile(files.resolvePath(REPORT_FOLDER, path));
  const fping = defineCommand('fping', (args) => runFping(args, readFile));
  return new Bash({
    fs: files,
    cwd: REPORT_FOLDER,
    customCommands: [fping],
    // It would change globals for the time of a line, which the process of a target has locked.
    defenseInDepth: false,
  });
}

/** Options of fping that take a value, and that the real one has as well. */
const WITH_VALUE = /^-([cCfHiIlOpPqrStTx])(.*)$/s;

/**
 * As much of fping(8) as there is to attack: it pings its arguments, or with `-f` the hosts that a
 * file lists, and repeats the names that it cannot resolve. Stations answer; nobody else does.
 */
async function runFping(
  args: string[],
  readFile: (path: string) => Promise<string>,
): Promise<ShellResult> {
  const hosts: string[] = [];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      hosts.push(...rest.splice(0));
      continue;
    }
    const long = /^--(file|count)(?:=(.*))?$/s.exec(arg);
    const option = long ?? WITH_VALUE.exec(arg);
    if (!option) {
      if (!arg.startsWith('-')) hosts.push(arg);
      continue;
    }
    const value = option[2] || rest.shift() || '';
    if (option[1] !== 'f' && option[1] !== 'file') continue;
    try {
      hosts.push(...(await readFile(value)).split(/\s+/).filter(Boolean));
    } catch {
      return { stdout: '', stderr: `fping: ${value}: No such file or directory\n`, exitCode: 4 };
    }
  }
  const answers = hosts.map((host) =>
    /^[a-z0-9-]+\.stations\.example$/i.test(host)
      ? { line: `${host} : [0], 64 bytes, 0.10 ms (0.10 avg, 0% loss)`, known: true }
      : { line: `${host}: Name or service not known`, known: false },
  );
  const linesOf = (known: boolean): string =>
    answers.flatMap((answer) => (answer.known === known ? [`${answer.line}\n`] : [])).join('');
  const exitCode = answers.length === 0 || answers.some(({ known }) => !known) ? 2 : 0;
  return { stdout: linesOf(true), stderr: linesOf(false), exitCode };
}
