/** Starts the server: `node src/main.ts`. Settings come from the environment; see the README. */
import { createLog } from './log.ts';
import { readSettings, type Settings } from './settings.ts';
import { start } from './start.ts';
import { unsolved } from './unsolved.ts';

try {
  await run(readSettings(process.env));
} catch (error) {
  console.error(`The server does not start. ${(error as Error).message}`);
  process.exit(1);
}

async function run(settings: Settings): Promise<void> {
  const { isProduction, host, origin, logLevel } = settings;
  if (isProduction && unsolved.length > 0) {
    throw new Error(`In production nothing may be open, and this is: ${unsolved.join('; ')}.`);
  }
  const log = createLog(logLevel);
  const { port, stop } = await start(settings, log);
  log.info({ host, port, origin, unsolved }, 'listening');
  if (!isProduction) {
    log.warn('in development: anybody can sign in as anybody, and secrets end with the process');
  }
  const end = (signal: NodeJS.Signals): void => {
    log.info({ signal }, 'shutting down');
    void stop().then(() => log.info('closed'));
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}
