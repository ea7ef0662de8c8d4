import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { watchFolder } from './watch-folder.ts';

let folder: string;
let stop: (() => void) | undefined;
const write = (name: string, text: string): void => writeFileSync(path.join(folder, name), text);

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'watched-'));
  write('a.ts', 'one');
  write('b.ts', 'one');
});
afterEach(() => {
  stop?.();
  rmSync(folder, { recursive: true });
});

describe.each([{ poll: false }, { poll: true }])('%j', (options) => {
  function watched(only?: string): Set<string> {
    const saved = new Set<string>();
    const note = (names: string[]): void => names.forEach((name) => saved.add(name));
    stop = watchFolder(folder, note, only === undefined ? options : { ...options, only });
    return saved;
  }
  const shows = (saved: Set<string>, names: string[]): Promise<void> =>
    vi.waitFor(() => expect([...saved].toSorted()).toEqual(names), { timeout: 30_000 });

  test('names what has other content, and not what was saved as it was', async () => {
    const saved = watched();
    write('a.ts', 'one');
    write('b.ts', 'two');
    write('c.ts', 'new');
    await shows(saved, ['b.ts', 'c.ts']);
  });

  test('names a file that has gone', async () => {
    const saved = watched();
    rmSync(path.join(folder, 'a.ts'));
    await shows(saved, ['a.ts']);
  });

  test('looks at one file only, which need not be there yet', async () => {
    const saved = watched('later.ts');
    write('a.ts', 'two');
    write('later.ts', 'new');
    await shows(saved, ['later.ts']);
  });
});
