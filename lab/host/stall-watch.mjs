/**
 * A worker thread beside a target. When the main thread works for too long without a beat (an endless
 * loop, a catastrophic pattern), it asks the inspector where the main thread is, and writes that down
 * for the lab; and once more when it has not come to an end since. Ending the process is the lab's
 * decision. How long is told by processor time: on a busy machine a healthy thread is silent, too.
 *
 * Plain JavaScript: a worker of its own TypeScript loader would double the start of every target.
 */
import { writeSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { SourceMap } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { workerData } from 'node:worker_threads';

/** @type {{ heartbeat: Int32Array, lastWordsFd: number, patience: number }} */
const { heartbeat, lastWordsFd, patience } = workerData;

/** Work without a beat that counts as a stall, and as one that does not end any more. */
const STALLED_AFTER_MS = 1200 * patience;
const STUCK_AFTER_MS = STALLED_AFTER_MS + 2500 * patience;
/** A thread that sleeps works on nothing; no machine is so busy that it gets less than this share. */
const ASLEEP_SHARE = 0.01;
const ASLEEP_FOR_MS = 6_000 * patience;
/** No lab waits for so much work, or so long; one that is gone cannot end the process any more. */
const ABANDONED_AFTER_MS = 30_000;
const ABANDONED_ASLEEP_MS = 300_000;
const LOOK_EVERY_MS = 200 * patience;
/** Of the process; as much again passes on the clock where it is all that runs. */
const PAUSE_WITHIN_MS = 1000 * patience;
const PROFILE_MS = 300 * patience;
const LONGEST_WAIT_MS = 5_000 * patience;
/** Half a gigabyte fills in less than half a second. */
const WEIGH_EVERY_MS = 50;
const MB = 1024 * 1024;
/** More than honest servers use, under attack or not: time to find out who takes it. */
const GROWING_BYTES = 450 * MB;
/** Of all kinds: the limit of the heap does not hold for buffers. */
const TOO_MUCH_BYTES = 1024 * MB;
const LEARNER_CODE = /\/(exercises\/\d\d-|solutions\/|proof\/(wrong|right)-|\.workbook\/)/;

let lastBeat = -1;
/** When it beat last: by the clock, and by the processor time that the process had used. */
let silentSince = performance.now();
let workingSince = processorMs();
/** What has been told of this silence. */
let told = 'nothing';

setInterval(() => {
  const beat = Atomics.load(heartbeat, 0);
  if (beat !== lastBeat) {
    lastBeat = beat;
    silentSince = performance.now();
    workingSince = processorMs();
    told = 'nothing';
    return;
  }
  const silentMs = performance.now() - silentSince;
  const workedMs = processorMs() - workingSince;
  const asleepMs = workedMs < ASLEEP_SHARE * silentMs ? silentMs : 0;
  if (workedMs >= ABANDONED_AFTER_MS || asleepMs >= ABANDONED_ASLEEP_MS) {
    process.kill(process.pid, 'SIGKILL');
  }
  const isStalled = workedMs >= STALLED_AFTER_MS || asleepMs >= ASLEEP_FOR_MS;
  if (isStalled && told === 'nothing') void tellStalled(beat);
  if (told !== 'stalled') return;
  if (workedMs < STUCK_AFTER_MS && asleepMs < ASLEEP_FOR_MS + STUCK_AFTER_MS) return;
  told = 'stuck';
  tell({ kind: 'stuck' });
}, LOOK_EVERY_MS);

async function tellStalled(beat) {
  told = 'being looked at';
  const where = await findMainThread().catch(() => undefined);
  if (Atomics.load(heartbeat, 0) !== beat) return;
  tell({ kind: 'stalled', where });
  told = 'stalled';
}

let isGrowing = false;
let growsAt;
setInterval(() => {
  const bytes = process.memoryUsage.rss();
  if (bytes > TOO_MUCH_BYTES) tell({ kind: 'growing', tooMuch: true, where: growsAt });
  if (isGrowing || bytes < GROWING_BYTES) return;
  isGrowing = true;
  findMainThread().then(
    (where) => {
      growsAt = where;
      tell({ kind: 'growing', tooMuch: false, where });
    },
    () => undefined,
  );
}, WEIGH_EVERY_MS);

/** Processor time used so far by all threads of the process, in milliseconds. */
function processorMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Resolves when the process has worked for so long. */
async function worked(milliseconds) {
  const until = processorMs() + milliseconds;
  const giveUp = performance.now() + LONGEST_WAIT_MS;
  while (processorMs() < until && performance.now() < giveUp) await pause(LOOK_EVERY_MS / 4);
}

const tell = (words) => writeSync(lastWordsFd, `${JSON.stringify(words)}\n`);

/** `file:line` where learner code spends its time, or undefined. */
async function findMainThread() {
  const session = new Session();
  session.connectToMainThread();
  try {
    return (await placeByDebugger(session)) ?? (await placeByProfile(session));
  } finally {
    session.disconnect();
  }
}

/** Exact, but it can pause between statements only, and a regular expression is a single one. */
async function placeByDebugger(session) {
  // Frames carry a script's id only; its address is told once, when the debugger is enabled.
  const addresses = new Map();
  session.on('Debugger.scriptParsed', ({ params }) => addresses.set(params.scriptId, params.url));
  const paused = new Promise((resolve) => {
    session.once('Debugger.paused', ({ params }) => resolve(params.callFrames));
    void worked(PAUSE_WITHIN_MS).then(() => resolve([]));
  });
  await session.post('Debugger.enable');
  await session.post('Debugger.pause');
  const addressOf = ({ location }) => addresses.get(location.scriptId) ?? '';
  const frame = (await paused).find((candidate) => LEARNER_CODE.test(addressOf(candidate)));
  let place;
  if (frame) {
    const { scriptSource } = await session.post('Debugger.getScriptSource', {
      scriptId: frame.location.scriptId,
    });
    place = `${fileURLToPath(addressOf(frame).split('?')[0])}:${originalLine(scriptSource, frame.location)}`;
  }
  // Disabling takes a pause back that has not happened yet.
  await session.post('Debugger.disable');
  return place;
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

/** Sampled, so it sees into regular expressions; lines are those of the compiled script. */
async function placeByProfile(session) {
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  await worked(PROFILE_MS);
  const { profile } = await session.post('Profiler.stop');
  return busiestPlace(profile.nodes);
}

/** Learner code that runs itself or calls what runs: the deepest such frame above the most samples. */
function busiestPlace(nodes) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])),
  );
  const busiest = nodes
    .filter(({ hitCount }) => hitCount > 0)
    .sort((a, b) => b.hitCount - a.hitCount);
  for (const leaf of busiest) {
    for (let node = leaf; node; node = byId.get(parents.get(node.id))) {
      const { url, lineNumber } = node.callFrame;
      if (!LEARNER_CODE.test(url)) continue;
      const ticks = [...(node.positionTicks ?? [])].sort((a, b) => b.ticks - a.ticks);
      return `${fileURLToPath(url.split('?')[0])}:${ticks[0]?.line ?? lineNumber + 1}`;
    }
  }
  return undefined;
}
