/**
 * Finds a Chromium for the browser tests: one the system has, else Playwright's own, else, on Debian
 * as root, the `chromium` package is installed. Throws one clear line where none can be had.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { installOnDebian, programOnPath } from './system-programs.ts';

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
  return process.env.CHROMIUM_PATH || (programOnPath(COMMANDS) ?? inUsualPlace() ?? playwrights());
}

export function findChromium(): string {
  const found = locateChromium() ?? (installOnDebian('chromium') && programOnPath(COMMANDS));
  if (found) return found;
  throw new Error(
    'The browser tests need Chromium or Chrome, and none was found. Install one, or set CHROMIUM_PATH to it.',
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
