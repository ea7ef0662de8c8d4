/** `npm start [-- --port N] [--no-open]`: the workbook on 127.0.0.1. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createServer } from 'vite';
import { findFreePort } from '../../grader/free-port.ts';
import { labPlugin } from './lab-plugin.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '5173' },
    open: { type: 'boolean', default: canOpenBrowser() },
  },
  allowNegative: true,
});

const wanted = Number(values.port);
if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535) {
  console.error(`“${values.port}” is not a port. Use a number from 1 to 65535.`);
  process.exit(2);
}

const { port, takenBy } = await findFreePort(wanted);
if (takenBy) console.log(`Port ${wanted} is taken by ${takenBy}; using ${port}.`);

const server = await createServer({
  configFile: path.resolve(import.meta.dirname, '../../vite.config.ts'),
  plugins: [await labPlugin()],
  server: { port, strictPort: true, open: values.open },
  logLevel: 'warn',
});
await server.listen();
console.log(`\n  The workbook is at  http://127.0.0.1:${port}/\n\n  Press Ctrl+C to stop.\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.close().then(() => process.exit(0)));
}

/** Opening a browser makes sense for a person at a desktop, not for a container or a test. */
function canOpenBrowser(): boolean {
  if (!process.stdout.isTTY || process.env.CI) return false;
  return (
    process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)
  );
}
