/** Whether everything is there that the commands need. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { locateChromium } from '../../shared/find-chromium.ts';
import { findFreePort } from '../../shared/free-port.ts';
import { projectFolder } from '../../shared/project-path.ts';
import { holds, note, type Finding } from './finding.ts';

const PORTS: [port: number, whose: string, otherwise: string][] = [
  [5173, 'npm start', 'It will take the next free one.'],
  [3001, 'npm run serve', 'Choose another: npm run serve -- exercises --port 3002'],
];

export async function checkSetUp(): Promise<Finding[]> {
  const { version, platform, arch } = process;
  return [
    // `scripts/run.mjs` has started this, and starts nothing under a Node that is too old.
    holds('Node', true, `${version} on ${platform} ${arch}; scripts/run.mjs accepts this version.`),
    checkPackages(),
    checkBrowser(),
    ...(await Promise.all(PORTS.map(checkPort))),
  ];
}

interface Manifest {
  version?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}
interface Lock {
  packages: Record<
    string,
    Manifest & Record<'optional' | 'dev' | 'devOptional', boolean | undefined>
  >;
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/**
 * Every package that the lock names is there in its version. Optional ones may be for other systems,
 * and what only tests need may have been left out (`npm ci --omit=dev`).
 */
function checkPackages(): Finding {
  const about = 'Packages';
  const { packages } = readJson(path.join(projectFolder, 'package-lock.json')) as Lock;
  const wanted = readJson(path.join(projectFolder, 'package.json')) as Manifest;
  const differing: string[] = [];
  const asText = (manifest: Manifest | undefined): string =>
    JSON.stringify([manifest?.dependencies, manifest?.devDependencies]);
  if (asText(packages['']) !== asText(wanted)) {
    differing.push('package-lock.json is not that of package.json');
  }
  const folder = folderWithPackages(projectFolder);
  const names = Object.keys(packages).filter((name) => name !== '');
  for (const name of names) {
    const file = path.join(folder, name, 'package.json');
    const { version, optional, dev, devOptional } = packages[name] ?? {};
    if (!existsSync(file)) {
      if (!optional && !dev && !devOptional) differing.push(`${name} is missing`);
      continue;
    }
    const installed = (readJson(file) as Manifest).version;
    if (installed !== version) differing.push(`${name} is ${installed}, not ${version}`);
  }
  return differing.length === 0
    ? holds(about, true, `${names.length} entries of package-lock.json compared with node_modules.`)
    : holds(about, false, `${differing.slice(0, 3).join('; ')}. Run: npm ci`);
}

/** A copy of the workbook inside of it uses its packages. */
function folderWithPackages(folder: string): string {
  const parent = path.dirname(folder);
  return existsSync(path.join(folder, 'node_modules')) || parent === folder
    ? folder
    : folderWithPackages(parent);
}

function checkBrowser(): Finding {
  const found = locateChromium();
  const purpose = 'Only npm test needs it; the page opens in any browser.';
  return found && existsSync(found)
    ? holds('Chromium', true, `${found}. ${purpose}`)
    : note('Chromium', `none was found${found ? ` at ${found}` : ''}. ${purpose}`);
}

async function checkPort([port, whose, otherwise]: (typeof PORTS)[number]): Promise<Finding> {
  const { takenBy } = await findFreePort(port);
  return takenBy
    ? note(`Port ${port}`, `taken by ${takenBy}. ${whose} wants it. ${otherwise}`)
    : holds(`Port ${port}`, true, `listened on it for a moment, for ${whose}: it is free.`);
}
