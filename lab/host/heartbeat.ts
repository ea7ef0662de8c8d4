/** Beats while the main thread is not stalled, for the thread that watches it. */
import { realTimers } from './clock.ts'; // first: see clock.ts
import { Worker } from 'node:worker_threads';
import { LAST_WORDS_FD } from './host-protocol.ts';

const heartbeat = new Int32Array(new SharedArrayBuffer(4));
realTimers.setInterval(() => Atomics.add(heartbeat, 0, 1), 100).unref();
new Worker(new URL('./stall-watch.mjs', import.meta.url), {
  workerData: { heartbeat, lastWordsFd: LAST_WORDS_FD, patience: Number(process.argv[2]) },
  execArgv: [],
}).unref();
