/**
 * `npm test`: what must hold at every commit, in the order in which it is cheapest to find out. Goes
 * on to the end, so that one run tells all; the exit code is 0 only if every part passed.
 *
 * `npm run test:all -- [options of Vitest, such as --shard=1/4]` also runs the tests that are tagged
 * as long: hostile code and generated requests in number, whole commands in processes of their own,
 * every way through the page. A shard other than the first runs tests only.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { findChromium } from '../shared/find-chromium.ts';
import { findStoreServer } from '../shared/find-store-server.ts';

const root = path.resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);

/** The JavaScript file behind a package's command; started with Node, it needs no shell on Windows. */
function command(name: string, packageName = name): string {
  const manifest = require.resolve(`${packageName}/package.json`);
  const { bin } = require(manifest) as { bin: string | Record<string, string> };
  return path.join(path.dirname(manifest), typeof bin === 'string' ? bin : (bin[name] ?? ''));
}

const tsc = command('tsc', 'typescript');
const [all, ...options] = process.argv.slice(2);
const selection = all === '--all' ? options : ['--tagsFilter=!long'];
const isLaterShard = options.some((option) => /^--shard=(?!1\/)/.test(option));

type Part = [title: string, file: string, args: string[]];
const tests: Part = [
  'tests',
  path.join(root, 'node_modules/vitest/vitest.mjs'),
  ['run', ...selection],
];
const inspections: Part[] = [
  ['types', tsc, []],
  ['types of the page', tsc, ['-p', 'playground/src']],
  ['types of the browser tests', tsc, ['-p', 'playground/browser-tests']],
  ['lint', command('oxlint'), ['--type-aware']],
  ['unused', path.join(root, 'node_modules/knip/bin/knip.js'), []],
  ['format', command('oxfmt'), ['--check']],
  ['check', path.join(root, 'scripts/run.mjs'), ['authoring/check.ts']],
];
const parts = isLaterShard ? [tests] : [...inspections, tests];

let chromium: string;
try {
  chromium = findChromium();
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}

// Tests of topic 18 find it by themselves.
if (findStoreServer() === undefined) {
  console.log(
    'There is neither valkey-server nor redis-server here, and none could be installed: topic 18 is tried with the embedded store only.',
  );
}

const failed: string[] = [];
for (const [title, file, args] of parts) {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, [file, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CHROMIUM_PATH: chromium },
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`\n${status === 0 ? 'passed' : 'FAILED'}  ${title} (${seconds} s)\n`);
  if (status !== 0) failed.push(title);
}
console.log(
  `${parts.length - failed.length} passed, ${failed.length} failed${failed.length > 0 ? `: ${failed.join(', ')}` : ''}`,
);
process.exit(failed.length === 0 ? 0 : 1);
