import type { LabEvent } from '../../lab-api.ts';
import { LabError, openEvents } from './lab-client.ts';

/** `restarted`: there is a lab, but this page belongs to an earlier run of it. */
export type Connection = 'connecting' | 'live' | 'gone' | 'restarted';

/** The lab speaks every 15 s; a connection that is silent for longer than this is dead. */
const LONGEST_SILENCE_MS = 40_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;

/** Follows the lab's events until `signal` aborts, connecting again whenever the stream ends. */
export async function followLab(
  signal: AbortSignal,
  onEvent: (event: LabEvent) => void,
  onConnection: (connection: Connection) => void,
): Promise<void> {
  let pause = FIRST_PAUSE_MS;
  /* oxlint-disable no-await-in-loop -- one connection after another */
  while (!signal.aborted) {
    try {
      await readEvents(signal, (event) => {
        pause = FIRST_PAUSE_MS;
        onConnection('live');
        onEvent(event);
      });
    } catch (error) {
      if (signal.aborted) return;
      const fromEarlierRun = error instanceof LabError && error.isFromEarlierRun;
      onConnection(fromEarlierRun ? 'restarted' : 'gone');
    }
    await sleep(pause, signal);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
  /* oxlint-enable no-await-in-loop */
}

async function readEvents(signal: AbortSignal, onEvent: (event: LabEvent) => void): Promise<void> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), LONGEST_SILENCE_MS);
  try {
    for await (const event of await openEvents(AbortSignal.any([signal, silence.signal]))) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), LONGEST_SILENCE_MS);
      onEvent(event);
    }
  } finally {
    clearTimeout(timer);
  }
  throw new LabError('The lab ended the stream of events.', 0);
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
