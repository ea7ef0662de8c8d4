/**
 * `npm run test:matrix -- [topic …] [--again]`: every check of a topic against every wrong and right
 * solution, every fault of hostile code in every topic, and two thousand generated calls of each tool.
 * It takes hours, so `npm test` tries some solutions and some of the costly faults of each topic, of a
 * wrong solution only the checks that it names, and fewer calls.
 *
 * It runs in parts, as many at a time as there are cores. What passed is kept for as long as the files
 * are as they were, so that a run that was ended goes on where it was; `--again` forgets it. What a
 * part said is in `.workbook/matrix/`. Exit code: 0 if all of it passed, 1 if not, 2 if the command was
 * not understood.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { curriculum, selectTopics } from '../catalogue/curriculum.ts';
import { readCommandLine } from '../shared/command-line.ts';
import { digests } from '../shared/digests.ts';
import { projectFolder } from '../shared/project-path.ts';
import { writeFile } from '../shared/write-file.ts';

const { topics, again } = readCommandLine(
  `Usage: npm run test:matrix -- [topic …] [--again]
  topic     a number or a name: 10, rate-limits, 10-rate-limits; none means all
  --again   also what passed before, and has not changed since`,
  { again: { type: 'boolean', default: false } },
  (options, words) => ({ topics: selectTopics(words), again: options.again }),
);

interface Part {
  name: string;
  file: string;
  /** Only the tests of this topic. */
  topic?: string;
}
const BY_TOPIC = ['verdicts', 'right-solutions', 'wrong-solutions'];
const WHOLE = ['tool-properties', 'revision-properties', 'hostile-code'];
const parts: Part[] = [
  ...(topics.length === curriculum.length ? WHOLE.map((file) => ({ name: file, file })) : []),
  ...topics.flatMap(({ slug }) =>
    BY_TOPIC.map((file) => ({ name: `${file} ${slug}`, file, topic: slug })),
  ),
];

const folder = path.join(projectFolder, '.workbook', 'matrix');
const passedFile = path.join(folder, 'passed.json');
if (again) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const kept = z.strictObject({ files: z.string(), passed: z.array(z.string()) });
const files = stateOfFiles();
const passed = readPassed();
const left = parts.filter(({ name }) => !passed.has(name));
if (left.length < parts.length) {
  console.log(`${parts.length - left.length} of ${parts.length} parts passed before.`);
}
const failed: string[] = [];
await Promise.all(Array.from({ length: availableParallelism() }, runParts));
console.log(
  failed.length === 0
    ? `All ${parts.length} parts passed.`
    : `${failed.length} of ${parts.length} parts failed: ${failed.join(', ')}.`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

async function runParts(): Promise<void> {
  for (let part = left.shift(); part !== undefined; part = left.shift()) {
    const started = performance.now();
    const log = path.join(folder, `${part.name.replace(' ', '-')}.log`);
    const isFine = await run(part, log);
    const minutes = ((performance.now() - started) / 60_000).toFixed(1);
    console.log(`${isFine ? 'ok  ' : 'FAIL'}  ${part.name}, ${minutes} min`);
    if (!isFine) {
      failed.push(part.name);
      console.log(`      see ${path.relative(projectFolder, log)}`);
      continue;
    }
    passed.add(part.name);
    writeFile(passedFile, `${JSON.stringify({ files, passed: [...passed] })}\n`);
  }
}

function run({ file, topic }: Part, log: string): Promise<boolean> {
  const vitest = path.join(projectFolder, 'node_modules/vitest/vitest.mjs');
  const only = topic === undefined ? [] : ['--testNamePattern', topic];
  const args = [vitest, 'run', `proof/workbook/${file}.test.ts`, '--reporter=verbose', ...only];
  const child = spawn(process.execPath, args, {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, WORKBOOK_MATRIX: 'whole' },
  });
  const said = createWriteStream(log);
  child.stdout.pipe(said, { end: false });
  child.stderr.pipe(said, { end: false });
  return new Promise((resolve) => child.on('close', (code) => said.end(() => resolve(code === 0))));
}

function readPassed(): Set<string> {
  try {
    const before = kept.parse(JSON.parse(readFileSync(passedFile, 'utf8')));
    return new Set(before.files === files ? before.passed : []);
  } catch {
    return new Set();
  }
}

/** Of all that is read: what is installed, built or written while it runs is not. */
function stateOfFiles(): string {
  const read = readdirSync(projectFolder).filter((name) => !/^\.|^dist$/.test(name));
  const text = JSON.stringify([process.version, ...digests(projectFolder, read)]);
  return createHash('sha256').update(text).digest('base64url');
}
