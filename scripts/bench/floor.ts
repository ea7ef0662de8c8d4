/** The floor: the least that a command with a test runner takes. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { timed, type Timed } from './compare-times.ts';
import { root, runNode } from './run-node.ts';

/** `vitest run` of one empty test, in a folder of its own; `work` may run it any number of times. */
export async function withFloor<T>(work: (floor: Timed) => Promise<T>): Promise<T> {
  const copies = path.join(root, '.copies');
  mkdirSync(copies, { recursive: true });
  const folder = mkdtempSync(path.join(copies, 'floor-'));
  const file = path.join(folder, 'empty.test.ts');
  writeFileSync(file, "import { test } from 'vitest';\ntest('nothing', () => {});\n");
  // Its own, or Vitest would find the workbook's.
  writeFileSync(path.join(folder, 'vitest.config.ts'), 'export default {};\n');
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  try {
    return await work({
      title: 'empty test',
      run: () => timed(() => runNode([vitest, 'run', '--root', folder])),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
