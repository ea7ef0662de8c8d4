/** Starts this server on a port of its own, audits it as a stranger sees it, and ends it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startHere } from './start-here.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'weather-server-'));
const server = await startHere(folder);
const command = path.join(import.meta.dirname, '..', 'attacks', 'commands', 'audit.ts');
const flags = ['--disable-warning=ExperimentalWarning', command];
const audit = spawn(
  process.execPath,
  [...flags, `${server.origin}/mcp`, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
audit.on('close', (code) => {
  void server.stop().then(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    process.exit(code ?? 1);
  });
});
