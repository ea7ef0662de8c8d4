/**
 * `npm run tutor -- --config`: how to tell an assistant of the tutor. Without it, the tutor itself: an
 * MCP server on standard input and output, which an assistant starts, and which ends with its input.
 */
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import open from 'open';
import { ProgressJournal } from '../grader/progress/progress-journal.ts';
import { readCommandLine, refuseWords } from '../shared/command-line.ts';
import { clientConfig } from '../tutor/client-config.ts';
import { OwnLab } from '../tutor/own-lab.ts';
import { keepOutputForProtocol } from '../tutor/own-output.ts';
import { findPage } from '../tutor/page.ts';
import { createTutor } from '../tutor/tutor-server.ts';

const { config, port } = readCommandLine(
  `Usage: npm run tutor -- --config
  --config      what common clients need to know to start the tutor
  --port PORT   where npm start serves the page; without, 5173
Without --config it speaks MCP on standard input and output, and is started by a client.`,
  { config: { type: 'boolean', default: false }, port: { type: 'string', default: '5173' } },
  ({ config, port: given }, words) => {
    refuseWords(words);
    const port = Number(given);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new Error(`“${given}” is not a port.`);
    }
    return { config, port };
  },
);

if (config) {
  console.log(clientConfig());
  process.exit(0);
}
if (process.stdin.isTTY) {
  console.error('This is for an assistant to start. How to tell yours: npm run tutor -- --config');
}

const protocol = keepOutputForProtocol();
const lab = new OwnLab();
const tutor = createTutor(
  {
    journal: new ProgressJournal(),
    withLab: (work, signal) => lab.with(work, signal),
    async openPage(place) {
      const page = await findPage(port);
      if (page === undefined) return false;
      await open(`${page}${place}`);
      return true;
    },
  },
  { writeLine: (line) => console.error(line) },
);
const transport = new StdioServerTransport(process.stdin, protocol);
const served = serveStdio(tutor, { transport, onerror: ({ message }) => console.error(message) });
const end = (): void => void lab.close().finally(() => process.exit(0));
process.stdin.once('end', end);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void served.close().finally(end));
}
