/**
 * A worker thread beside a target. When the main thread stops beating for too long (an endless
 * loop, a catastrophic pattern), it asks the inspector where the main thread is, writes that down
 * for the lab, and lets it run on; ending the process is the lab's decision.
 *
 * Plain JavaScript: a worker of its own TypeScript loader would double the start of every target.
 */
import { writeSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { workerData } from 'node:worker_threads';

/** Silence that counts as a stall. Shorter than the lab's own patience, so that the answer is there. */
const STALLED_AFTER_MS = 1200;
const LOOK_EVERY_MS = 200;
const LEARNER_CODE = /\/(exercises\/\d\d-|solutions\/|grader\/(wrong|right)-)/;

/** @type {{ heartbeat: Int32Array, lastWordsFd: number }} */
const { heartbeat, lastWordsFd } = workerData;
let lastBeat = -1;
let silentMs = 0;
let told = false;

setInterval(() => {
  const beat = Atomics.load(heartbeat, 0);
  silentMs = beat === lastBeat ? silentMs + LOOK_EVERY_MS : 0;
  if (beat !== lastBeat) told = false;
  lastBeat = beat;
  if (silentMs < STALLED_AFTER_MS || told) return;
  told = true;
  findMainThread().then(
    (where) => writeSync(lastWordsFd, `${JSON.stringify({ kind: 'stalled', where })}\n`),
    () => undefined,
  );
}, LOOK_EVERY_MS);

/** `file:line` of the innermost frame in learner code, or undefined. */
async function findMainThread() {
  const session = new Session();
  session.connectToMainThread();
  try {
    const paused = new Promise((resolve) => {
      session.once('Debugger.paused', ({ params }) => resolve(params.callFrames));
    });
    await session.post('Debugger.enable');
    await session.post('Debugger.pause');
    const frame = (await paused).find(({ url }) => LEARNER_CODE.test(url));
    if (!frame) return undefined;
    const { scriptSource } = await session.post('Debugger.getScriptSource', {
      scriptId: frame.location.scriptId,
    });
    return `${fileURLToPath(frame.url.split('?')[0])}:${originalLine(scriptSource, frame.location)}`;
  } finally {
    session.post('Debugger.resume').catch(() => undefined);
    session.disconnect();
  }
}

/** The line in the TypeScript source, through the source map that tsx puts at the end of the script. */
function originalLine(script, { lineNumber, columnNumber }) {
  const inline = /sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)\s*$/.exec(
    script,
  );
  const map = inline && new SourceMap(JSON.parse(Buffer.from(inline[1], 'base64').toString()));
  const entry = map?.findEntry(lineNumber, columnNumber ?? 0);
  return (entry && 'originalLine' in entry ? entry.originalLine : lineNumber) + 1;
}
