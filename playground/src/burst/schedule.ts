/** The schedule as the learner shapes it, and the bursts that it stands for. */
import { MOST_CALLS, type Burst } from '../../../studies/burst/shared.ts';

export interface Schedule {
  shape: 'two-bursts' | 'steady';
  /** One call at the very beginning, which starts the window of many limiters. */
  opening: boolean;
  first: Burst;
  second: Burst;
  /** Calls every ten seconds, for two minutes. */
  everyTenSeconds: number;
}

export const MOST_IN_BURST = 120;
export const MOST_EVERY_TEN_SECONDS = 12;
export const LATEST_BURST = 120;

const nothing: Burst = { atSecond: 0, calls: 0 };
const plain: Schedule = {
  shape: 'two-bursts',
  opening: false,
  first: nothing,
  second: nothing,
  everyTenSeconds: 8,
};

export const presets: { name: string; story: string; schedule: Schedule }[] = [
  {
    name: 'Window boundary',
    story:
      'One call opens a window. Sixty more come just before its minute is over, and sixty just after.',
    schedule: {
      ...plain,
      opening: true,
      first: { atSecond: 59.5, calls: 60 },
      second: { atSecond: 60.5, calls: 60 },
    },
  },
  {
    name: 'One burst',
    story: '120 calls at once, as an agent in a loop makes them.',
    schedule: { ...plain, first: { atSecond: 0, calls: 120 } },
  },
  {
    name: 'Steady',
    story: 'Eight calls every ten seconds, which is 48 a minute: an ordinary client.',
    schedule: { ...plain, shape: 'steady' },
  },
];

export function burstsOf({ shape, opening, first, second, everyTenSeconds }: Schedule): Burst[] {
  const bursts =
    shape === 'steady'
      ? Array.from({ length: 12 }, (_, i) => ({ atSecond: i * 10, calls: everyTenSeconds }))
      : [...(opening ? [{ atSecond: 0, calls: 1 }] : []), first, second];
  return bursts
    .filter(({ calls }) => calls > 0)
    .sort((one, other) => one.atSecond - other.atSecond);
}

export const callsOf = (bursts: readonly Burst[]): number =>
  bursts.reduce((sum, { calls }) => sum + calls, 0);

/** Why it cannot be fired, in a sentence, or undefined. */
export function whyNotFired(schedule: Schedule): string | undefined {
  const calls = callsOf(burstsOf(schedule));
  if (calls === 0) return 'There is no call to fire.';
  return calls > MOST_CALLS
    ? `These are ${calls} calls. A firing has ${MOST_CALLS} at most.`
    : undefined;
}
