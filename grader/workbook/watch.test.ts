/** `npm run grade -- --watch`, as a learner has it open beside the editor. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { copyWorkbook, type WorkbookCopy } from '../../scripts/copy-workbook.ts';

let copy: WorkbookCopy;
beforeAll(() => {
  copy = copyWorkbook('watch');
});
let watch: Watch | undefined;
afterEach(() => watch?.end());
afterAll(() => copy.remove());

const inCopy = (file: string): string => path.join(copy.folder, file);

class Watch {
  readonly #child: ChildProcessWithoutNullStreams;
  #output = '';
  #read = 0;

  constructor(...options: string[]) {
    const args = ['scripts/run.mjs', 'grader/commands/grade.ts', '--watch', ...options];
    this.#child = spawn(process.execPath, args, { cwd: copy.folder });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.on('data', (chunk: Buffer) => (this.#output += chunk.toString('utf8')));
    }
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
      await once(this.#child.stdout, 'data');
    }
  }

  press(key: string): void {
    this.#child.stdin.write(key);
  }

  end(): void {
    this.#child.kill();
  }

  async quit(): Promise<number | null> {
    const exited = once(this.#child, 'exit') as Promise<[number | null]>;
    this.press('q');
    const [code] = await exited;
    return code;
  }
}

const solve = (slug: string, file: string): void =>
  cpSync(inCopy(`solutions/${slug}/${file}`), inCopy(`exercises/${slug}/${file}`));

describe.each([['told by the system'], ['looking for itself', '--poll']])('%s', (_how, ...poll) => {
  const stub = 'exercises/08-city-input/city-input.ts';

  test('grades the topic whose file was saved, and takes keys', { timeout: 120_000 }, async () => {
    const shipped = readFileSync(inCopy(stub), 'utf8');
    watch = new Watch('01', '08', ...poll);
    await watch.until(/q {2}quit/);

    solve('08-city-input', 'city-input.ts');
    const solved = await watch.until(/passed, [\d.]+ s after the save/);
    expect(solved).toMatch(/9 of 9 passed/);
    expect(solved).not.toContain('OAuth discovery');

    writeFileSync(inCopy(stub), `${shipped}\nconst broken = (;\n`);
    const broken = await watch.until(/passed, [\d.]+ s after the save/);
    expect(broken).toMatch(/city-input\.ts:\d+: .*syntax error/);
    expect(broken).toMatch(/0 of 9 passed/);

    writeFileSync(inCopy(stub), shipped);
    await watch.until(/passed, [\d.]+ s after the save/);
    watch.press('f');
    const again = await watch.until(/passed, [\d.]+ s after the key/);
    expect(again).toContain('08 City input');

    watch.press('a');
    const all = await watch.until(/08 City input[^]*passed, [\d.]+ s after the key/);
    expect(all).toContain('01 OAuth discovery');
    expect(await watch.quit()).toBe(0);
  });
});
