import { createInterface } from 'node:readline';

/**
 * Lines from standard input, typed or piped, each after a prompt. What comes from a pipe is printed
 * behind its prompt, as a terminal shows what is typed.
 */
export function typedLines(): { readLine: () => Promise<string | undefined>; close: () => void } {
  const { stdin, stdout } = process;
  const reader = createInterface({ input: stdin, output: stdout, prompt: '> ' });
  const lines = reader[Symbol.asyncIterator]();
  return {
    async readLine() {
      if (stdin.isTTY) reader.prompt();
      const line = await lines.next();
      if (line.done) return undefined;
      if (!stdin.isTTY) stdout.write(`> ${line.value}\n`);
      return line.value;
    },
    close: () => reader.close(),
  };
}
