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
  const ping = defineCommand('ping', async (args) => {
    const host = args.at(-1) ?? '';
    return {
      stdout: `PING ${host}: 56 data bytes\n64 bytes from ${host}: icmp_seq=0 ttl=64 time=0.1 ms\n`,
      stderr: '',
      exitCode: 0,
    };
  });
  return new Bash({ fs: await tree(), cwd: REPORT_FOLDER, customCommands: [ping] });
}
