/**
 * The virtual clock of a target: `Date`, timers and the monotonic clocks advance with real time
 * and jump when the lab says so. Imported first, so that whoever keeps `setTimeout` keeps ours.
 */
import FakeTimers from '@sinonjs/fake-timers';

/** The real timers, for the lab's own housekeeping. */
export const realTimers = { setTimeout, setInterval, clearTimeout, clearInterval };

const clock = FakeTimers.install({
  now: Date.now(),
  shouldAdvanceTime: true,
  advanceTimeDelta: 10,
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

/** Moves the clock and runs every timer that falls due, in order. */
export async function advanceClock(milliseconds: number): Promise<void> {
  await clock.tickAsync(milliseconds);
}
