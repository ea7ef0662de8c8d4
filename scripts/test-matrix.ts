/**
 * `npm run test:matrix`: every check of a topic against every wrong and right solution, every fault
 * of hostile code in every topic, and two thousand generated calls of each tool. It takes a good
 * while, so `npm test` tries some solutions and some of the costly faults of each topic, of a wrong
 * solution only the checks that it names, and fewer calls.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const { status } = spawnSync(
  process.execPath,
  [
    path.join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    'proof/workbook/verdicts.test.ts',
    'proof/workbook/wrong-solutions.test.ts',
    'proof/workbook/right-solutions.test.ts',
    'proof/workbook/tool-properties.test.ts',
    'proof/workbook/revision-properties.test.ts',
    'proof/workbook/hostile-code.test.ts',
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, WORKBOOK_MATRIX: 'whole' } },
);
process.exit(status ?? 1);
