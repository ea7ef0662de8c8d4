/**
 * `npm start [-- --port N] [--no-open] [--poll] [--dev]`: the workbook on 127.0.0.1. The page is
 * built when it is older than its sources; `--dev` serves the sources as they are saved instead.
 */
import { createServer } from 'node:http';
import path from 'node:path';
import open from 'open';
import { readCommandLine, refuseWords } from '../../shared/command-line.ts';
import { takePort } from '../../shared/free-port.ts';
import { tellPageAddress } from '../../shared/page-address.ts';
import { SayPlainly } from '../../shared/say-plainly.ts';
import { buildPage } from './build-page.ts';
import { devPlugin } from './dev-plugin.ts';
import { openLab, type LabServer } from './lab.ts';
import { createPageServer } from './page-server.ts';

const USAGE = `Usage: npm start [-- --port 5173] [--open] [--no-open] [--poll] [--dev]
  --no-open   leave the browser alone
  --poll      look at your files, where the system does not tell of saves
  --dev       serve the page's sources as they are saved`;
const values = readCommandLine(
  USAGE,
  {
    port: { type: 'string', default: '5173' },
    open: { type: 'boolean', default: canOpenBrowser() },
    'no-open': { type: 'boolean', default: false },
    poll: { type: 'boolean', default: false },
    dev: { type: 'boolean', default: false },
  },
  (options, words) => {
    refuseWords(words);
    return { ...options, open: options.open && !options['no-open'] };
  },
);

type Served = [lab: LabServer, stop: () => Promise<void>];

const wanted = Number(values.port);
if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65_535) {
  console.error(`“${values.port}” is not a port. Use a number from 1 to 65535.`);
  process.exit(2);
}

/** Taken at once: two that start at the same time would both find it free. */
const pageServer = createServer((_request, response) => {
  response.writeHead(503, { 'retry-after': '1' }).end('The workbook is starting.\n');
});
const { port, takenBy } = await takePort(pageServer, wanted);
if (takenBy) console.log(`Port ${wanted} is taken by ${takenBy}; using ${port}.`);

const [lab, stopServing] = await (values.dev ? serveSources() : serveBuilt());
lab.warmUp();
const address = `http://127.0.0.1:${port}/`;
console.log(`\n  The workbook is at  ${address}\n\n  Press Ctrl+C to stop.\n`);
tellPageAddress(address);
// A desktop without a browser is no reason to stop.
if (values.open) await open(address).catch(() => undefined);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.all([stopServing(), lab.close()]).then(() => process.exit(0));
  });
}

async function serveBuilt(): Promise<Served> {
  const [lab, folder] = await Promise.all([
    openLab({ port, poll: values.poll }),
    buildPage(() => console.log('Building the page, which takes some seconds…')),
  ]);
  pageServer.removeAllListeners('request');
  pageServer.on('request', createPageServer(lab, folder));
  const stop = async (): Promise<void> => {
    pageServer.close();
    pageServer.closeAllConnections();
  };
  return [lab, stop];
}

async function serveSources(): Promise<Served> {
  const [lab, vite] = await Promise.all([openLab({ port, poll: values.poll }), import('vite')]);
  await new Promise((resolve) => pageServer.close(resolve)); // Vite has a server of its own
  const server = await vite.createServer({
    configFile: path.resolve(import.meta.dirname, '../../vite.config.ts'),
    plugins: [devPlugin(lab)],
    server: { port, strictPort: true },
    logLevel: 'warn',
  });
  await server.listen().catch((error: Error) => {
    throw new SayPlainly(`${error.message}. Start it again, or choose another: --port ${port + 1}`);
  });
  return [lab, () => server.close()];
}

/** Opening a browser makes sense for a person at a desktop, not for a container or a test. */
function canOpenBrowser(): boolean {
  if (!process.stdout.isTTY || process.env.CI) return false;
  return (
    process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)
  );
}
