/**
 * The virtual clock of a target: `Date`, timers and the monotonic clocks advance with real time
 * and jump when the lab says so. Imported first, so that whoever keeps `setTimeout` keeps ours.
 */
import FakeTimers from '@sinonjs/fake-timers';

/** The real timers, for the lab's own housekeeping. */
export const realTimers = { setTimeout, setInterval, clearTimeout, clearInterval };

/** In steps of so many milliseconds real time is added: while a server is asked, and between. */
const REAL_MS = 10;
const REAL_MS_AT_REST = 100;
let pace = REAL_MS_AT_REST;

const clock = FakeTimers.install({
  now: Date.now(),
  shouldAdvanceTime: true,
  advanceTimeDelta: pace,
  toFake: [
    'Date',
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'performance',
    'hrtime',
  ],
});

/** Each of them has the clock as a member, and whoever has the clock can move it. */
for (const faked of [setTimeout, clearTimeout, setInterval, clearInterval]) {
  delete (faked as { clock?: unknown }).clock;
}
/** `Date` asks its own for the time, and for nothing else. */
const timeOnly = Object.freeze({
  get now() {
    return clock.now;
  },
});
Object.defineProperty(Date, 'clock', { value: timeOnly, writable: false, configurable: false });

/** Node's own has a timer that no clock here moves. */
AbortSignal.timeout = (milliseconds) => {
  const controller = new AbortController();
  const reason = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  setTimeout(() => controller.abort(reason), milliseconds).unref();
  return controller.signal;
};

/** Moves the clock and runs every timer that falls due, in order. */
export async function advanceClock(milliseconds: number): Promise<void> {
  await clock.tickAsync(milliseconds);
}

/** A process that nobody asks wakes up less often: there may be many, for hours. */
export function paceClock(isAsked: boolean): void {
  pace = isAsked ? REAL_MS : REAL_MS_AT_REST;
  if (holders === 0) clock.setTickMode({ mode: 'interval', delta: pace });
}

let holders = 0;

/**
 * Lets time stand still while `work` is under way, but for what the lab adds: what the lab itself is
 * asked for takes as long as a busy machine needs, and nobody is to give up on it for that.
 */
export async function whileTimeStands<T>(work: Promise<T>): Promise<T> {
  if (holders++ === 0) clock.setTickMode({ mode: 'manual' });
  try {
    return await work;
  } finally {
    if (--holders === 0) clock.setTickMode({ mode: 'interval', delta: pace });
  }
}

/** Runs `work` while time stands still, but for what `advanceTo` adds: no real time slips in. */
export async function withClockHeld<T>(work: () => Promise<T>): Promise<T> {
  clock.setTickMode({ mode: 'manual' });
  try {
    return await work();
  } finally {
    clock.setTickMode({ mode: 'interval', delta: pace });
  }
}

/**
 * Runs `work`, which waits for nothing, with this moment on the clock, in milliseconds since the epoch;
 * undefined: as it is. No timer notices.
 */
export function atMoment<T>(moment: number | undefined, work: () => T): T {
  if (moment === undefined) return work();
  const { now } = clock;
  clock.setSystemTime(moment);
  try {
    return work();
  } finally {
    clock.setSystemTime(now);
  }
}

/** Moves the clock to a moment, in milliseconds since the epoch, unless that is past. */
export function advanceTo(moment: number): void {
  const ahead = moment - Date.now();
  if (ahead > 0) clock.tick(ahead);
}
