/** Where the page of this workbook is, for links that commands print. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from './project-path.ts';

/** Where `npm start` is unless the port is taken. */
const USUAL = 'http://127.0.0.1:5173/';

const file = path.join(projectFolder, '.workbook', 'page-address.json');

/** Tells the commands of this workbook where its page is, for as long as this process lives. */
export function tellPageAddress(address: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ address, pid: process.pid }));
  } catch {
    // A drive that cannot be written to: the usual address is printed.
  }
}

/** Of the page that runs, or else where the next one will most likely be. */
export function pageAddress(): string {
  try {
    const { address, pid }: { address?: unknown; pid?: unknown } = JSON.parse(
      readFileSync(file, 'utf8'),
    );
    const isOurs = typeof address === 'string' && /^http:\/\/127\.0\.0\.1:\d{1,5}\/$/.test(address);
    return isOurs && typeof pid === 'number' && isAlive(pid) ? address : USUAL;
  } catch {
    return USUAL;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
