/**
 * `npm run soak -- [--runs 50] [--solutions]`: grades everything again and again while every core is
 * kept busy by something else, and compares. Each run must find the same of every check; one that
 * does not makes the exit code 1. It takes half an hour, and is no part of `npm test`.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { readCommandLine, refuseWords } from '../shared/command-line.ts';
import { readGradeResult, type GradeResult } from '../grader/grading/grade-result.ts';

const root = path.resolve(import.meta.dirname, '..');
const values = readCommandLine(
  'Usage: npm run soak -- [--runs 50] [--solutions]',
  {
    runs: { type: 'string', default: '50' },
    solutions: { type: 'boolean', default: false },
  },
  (options, words) => {
    refuseWords(words);
    return options;
  },
);

/** Busy processes end by themselves, should this one be killed before it can end them. */
const BUSY_FOR_MS = 4 * 60 * 60 * 1000;

const folder = mkdtempSync(path.join(tmpdir(), 'soak-'));
const busy = Array.from({ length: availableParallelism() }, keepBusy);
const seen = new Map<string, number[]>();
const seconds: number[] = [];
try {
  for (let run = 1; run <= Number(values.runs); run++) {
    const result = grade(path.join(folder, 'result.json'));
    const found = result ? statesIn(result) : 'no result';
    seen.set(found, [...(seen.get(found) ?? []), run]);
    seconds.push(result?.seconds ?? 0);
    const equal = seen.size === 1 ? 'all equal so far' : `${seen.size} different results so far`;
    const count = result ? `${result.passed} passed, ${result.failed} failed` : found;
    console.log(`${String(run).padStart(3)}  ${count}, ${result?.seconds.toFixed(1)} s; ${equal}`);
  }
} finally {
  for (const child of busy) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}

const sorted = seconds.toSorted((a, b) => a - b);
const median = sorted[sorted.length >> 1]?.toFixed(1);
console.log(`\n${values.runs} runs, median ${median} s, ${seen.size} different result(s).`);
if (seen.size > 1) printDifferences();
process.exit(seen.size === 1 && !seen.has('no result') ? 0 : 1);

function keepBusy(): ChildProcess {
  const program = `const parent = process.ppid, end = Date.now() + ${BUSY_FOR_MS}; while (process.ppid === parent && Date.now() < end);`;
  return spawn(process.execPath, ['-e', program], { stdio: 'ignore' });
}

function grade(json: string): GradeResult | undefined {
  rmSync(json, { force: true });
  const options = ['--json', json, ...(values.solutions ? ['--solutions'] : [])];
  spawnSync(process.execPath, ['scripts/run.mjs', 'commands/grade.ts', ...options], {
    cwd: root,
    stdio: 'ignore',
  });
  try {
    return readGradeResult(readFileSync(json, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A line for each check, and for each problem outside of checks. */
function statesIn({ topics, problems }: GradeResult): string {
  const states = topics.flatMap(({ slug, checks }) =>
    checks.map(({ id, state }) => `${slug}/${id} ${state}`),
  );
  return [...states, ...problems].join('\n');
}

/** What some runs found and others did not. */
function printDifferences(): void {
  const [usual = '', ...others] = [...seen]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([found]) => found);
  const known = new Set(usual.split('\n'));
  for (const other of others) {
    const odd = other.split('\n').filter((line) => !known.has(line));
    console.log(`Runs ${seen.get(other)?.join(', ')}:\n  ${odd.join('\n  ')}`);
  }
}
