/**
 * `npm run test:take-home`: writes the reference as a project, in an empty folder, and does what its
 * owner would: installs it, checks its types, fires the attacks, audits it. Needs the registry of npm;
 * a Node that can read the project is fetched from there, if this one cannot.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectFolder } from '../shared/project-path.ts';

const NEWER_NODE = 'node@24';

const npm = process.env['npm_execpath'];
if (npm === undefined) throw new Error('Run it with npm: npm run test:take-home');
const folder = mkdtempSync(path.join(tmpdir(), 'take-home-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const node = canRead() ? process.execPath : fetchNode();
const environment = {
  ...process.env,
  PATH: `${path.dirname(node)}${path.delimiter}${process.env['PATH'] ?? ''}`,
};
const project = path.join(folder, 'project');

const steps: [string, string[], string][] = [
  [
    'is written',
    ['scripts/run.mjs', 'commands/take-home.ts', project, '--solutions'],
    projectFolder,
  ],
  ['is installed', [npm, 'install', '--no-audit', '--no-fund'], project],
  ['has types that hold', [npm, 'run', 'types'], project],
  ['passes its own tests', [npm, 'test'], project],
  ['has no failure in an audit', [npm, 'run', 'audit:here'], project],
];
for (const [what, args, cwd] of steps) {
  console.log(`\nThe project ${what}:`);
  const { status } = spawnSync(node, args, { cwd, env: environment, stdio: 'inherit' });
  if (status === 0) continue;
  console.error(`It does not. ${path.basename(args[0] ?? '')} ended with ${status}.`);
  process.exit(1);
}
console.log('\nThe project holds.');

function canRead(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major >= 24 || (major === 22 && minor >= 18);
}

/** The place of a newer Node, which is on this machine for as long as this runs. */
function fetchNode(): string {
  const place = path.join(folder, 'node');
  mkdirSync(place);
  writeFileSync(path.join(place, 'package.json'), '{ "private": true }\n');
  const args = [
    npm ?? '',
    'install',
    '--no-audit',
    '--no-fund',
    '--foreground-scripts',
    NEWER_NODE,
  ];
  const { status } = spawnSync(process.execPath, args, { cwd: place, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${NEWER_NODE} could not be installed; npm says why above.`);
  return path.join(place, 'node_modules', 'node', 'bin', 'node');
}
