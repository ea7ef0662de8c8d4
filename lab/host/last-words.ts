/**
 * What the process says on its last breath, and how it comes to say it. Whatever ends a process is
 * kept here before any learner code can reach it.
 */
import { writeSync } from 'node:fs';
import { placeInStack } from '../controls/places.ts';
import { LAST_WORDS_FD, type LastWords } from './host-protocol.ts';

/** An imported name follows `fs.writeSync` when that is replaced; this does not. */
const write = writeSync;

export function tell(words: LastWords): void {
  try {
    write(LAST_WORDS_FD, `${JSON.stringify(words)}\n`);
  } catch {
    // Nobody listens any more.
  }
}

/** Longer ones the lab does not take. */
const LONGEST = 2_000;
const cut = (said: string): string => said.slice(0, LONGEST);

/** Kept before any learner code can reach it; ends the process without running handlers. */
export const endProcess = (
  process as unknown as { reallyExit(code: number): never }
).reallyExit.bind(process);
function tellEnd(call: string): void {
  const where = placeInStack(new Error('the end').stack);
  tell({ kind: 'exit', call: cut(call), ...(where ? { where } : {}) });
}
process.exit = ((code?: number) => {
  tellEnd(`process.exit(${Number(code ?? process.exitCode ?? 0)})`);
  endProcess(code ?? 0);
}) as typeof process.exit;

const realKill = process.kill.bind(process);
process.kill = (pid, signal) => {
  if (pid === process.pid) tellEnd(`process.kill(process.pid, ${signal ?? 'SIGTERM'})`);
  return realKill(pid, signal);
};
const realAbort = process.abort.bind(process);
process.abort = () => {
  tellEnd('process.abort()');
  return realAbort();
};

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    const where = error instanceof Error ? placeInStack(error.stack) : undefined;
    tell({ kind: 'error', message: cut(String(error)), ...(where ? { where } : {}) });
    endProcess(70);
  });
}
