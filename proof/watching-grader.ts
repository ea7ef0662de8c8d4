/** `npm run grade -- --watch` in a copy of the workbook, as a test or a benchmark uses it. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';

export class WatchingGrader {
  readonly #child: ChildProcessWithoutNullStreams;
  #output = '';
  #read = 0;
  #hasEnded = false;
  /** Told when there is more to read. */
  #waiting: (() => void)[] = [];

  /** @param options topics and switches, as on the command line */
  constructor(folder: string, options: string[]) {
    const args = ['scripts/run.mjs', 'commands/grade.ts', '--watch', ...options];
    this.#child = spawn(process.execPath, args, { cwd: folder });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString('utf8');
        this.#tell();
      });
    }
    this.#child.on('close', () => {
      this.#hasEnded = true;
      this.#tell();
    });
  }

  /** Settles with what was printed up to and including `sign`, since the last time. */
  async until(sign: RegExp): Promise<string> {
    for (;;) {
      const found = sign.exec(this.#output.slice(this.#read));
      if (found) {
        const end = this.#read + found.index + found[0].length;
        const text = this.#output.slice(this.#read, end);
        this.#read = end;
        return text;
      }
      if (this.#hasEnded) throw new Error(`The watch ended by itself:\n${this.#output}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  press(key: string): void {
    this.#child.stdin.write(key);
  }

  /** The exit code. */
  async quit(): Promise<number | null> {
    const exited = once(this.#child, 'exit') as Promise<[number | null]>;
    this.press('q');
    const [code] = await exited;
    return code;
  }

  end(): void {
    this.#child.kill();
  }

  #tell(): void {
    const told = this.#waiting;
    this.#waiting = [];
    for (const tell of told) tell();
  }
}
