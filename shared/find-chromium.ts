/**
 * Finds a Chromium for the browser tests: one the system has, else Playwright's own, else, on Debian
 * as root, the `chromium` package is installed. Throws one clear line where none can be had.
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);

/** For containers and tests: no network of its own, no sandbox it cannot have, and nothing that weakens origins. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];

/** The one that is there, if any. */
export function locateChromium(): string | undefined {
  return process.env.CHROMIUM_PATH || (onPath() ?? inUsualPlace() ?? playwrights());
}

export function findChromium(): string {
  const found = locateChromium() ?? (installOnDebian() && onPath());
  if (found) return found;
  throw new Error(
    'The browser tests need Chromium or Chrome, and none was found. Install one, or set CHROMIUM_PATH to it.',
  );
}

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return COMMANDS.flatMap((command) => folders.map((folder) => path.join(folder, command))).find(
    isExecutable,
  );
}

function inUsualPlace(): string | undefined {
  const { PROGRAMFILES = '', LOCALAPPDATA = '' } = process.env;
  const windows = ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe'];
  const edge = 'Microsoft/Edge/Application/msedge.exe';
  const places: Partial<Record<NodeJS.Platform, string[]>> = {
    darwin: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    win32: [PROGRAMFILES, process.env['PROGRAMFILES(X86)'] ?? '', LOCALAPPDATA].flatMap((folder) =>
      [...windows, edge].map((file) => path.join(folder, file)),
    ),
  };
  return places[process.platform]?.find((file) => existsSync(file));
}

/** Playwright is there for tests only: `npm run doctor` looks without it as well. */
function playwrights(): string | undefined {
  try {
    const { chromium } = require('playwright-core') as typeof import('playwright-core');
    const file = chromium.executablePath();
    return file && existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** True if the package was installed. */
function installOnDebian(): boolean {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/etc/debian_version')) return false;
  console.log('No browser found; installing the Debian package chromium.');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env: environment });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: environment,
    });
    return true;
  } catch {
    return false;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
