/**
 * Programs of the machine, with a list of arguments each. There is no shell: a line to be interpreted
 * is refused, whoever wrote it, and so is any program that no tool needs.
 */
import { execFile, type ExecFileException } from 'node:child_process';
import type { Shell, ShellResult } from '../../../../exercises/weather-server/world/shell.ts';
import type { Tape } from '../../../../exercises/weather-server/world/tape.ts';

const PROGRAMS = new Set(['fping']);
const WITHIN_MS = 10_000;
const MOST_BYTES = 64 * 1024;

export function openPrograms(tape: Tape): Shell {
  const refuse = async (): Promise<ShellResult> => {
    throw new Error(
      'This server has no shell: name the program, and give its arguments as a list.',
    );
  };
  return {
    exec: refuse,
    async execFile(file, args, options) {
      if (options?.shell || !PROGRAMS.has(file)) return refuse();
      const result = await run(file, args);
      tape.write({ kind: 'shell', argv: [file, ...args], shell: false, exitCode: result.exitCode });
      return result;
    },
  };
}

/** Rejects if the program is not there, or takes too long. */
function run(file: string, args: string[]): Promise<ShellResult> {
  // Of the environment, which holds secrets, it gets what is needed to find it.
  const env = { PATH: process.env['PATH'] ?? '' };
  const options = { timeout: WITHIN_MS, maxBuffer: MOST_BYTES, env, shell: false };
  return new Promise((resolve, reject) => {
    execFile(file, args, options, (error: ExecFileException | null, stdout, stderr) => {
      const exitCode = error === null ? 0 : error.code;
      if (typeof exitCode === 'number') resolve({ stdout, stderr, exitCode });
      else reject(error ?? new Error(`${file} gave no exit code`));
    });
  });
}
