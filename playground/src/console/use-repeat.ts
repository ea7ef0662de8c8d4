import { useState } from 'react';
import type { Repeat } from '../../lab-api.ts';

export type RepeatHow = 'once' | Repeat['how'];

/** What the lab allows. */
const most: Record<RepeatHow, number> = { once: 1, 'in-turn': 50, 'at-once': 20 };

export interface RepeatChoice {
  how: RepeatHow;
  /** As typed. */
  times: string;
  most: number;
  problem: string | undefined;
  /** `undefined`: once. */
  repeat: Repeat | undefined;
  choose: (how: RepeatHow) => void;
  type: (times: string) => void;
}

/** How often the next shot is fired. */
export function useRepeat(): RepeatChoice {
  const [how, choose] = useState<RepeatHow>('once');
  const [times, type] = useState('10');
  return { how, times, most: most[how], ...readRepeat(how, times), choose, type };
}

export function readRepeat(
  how: RepeatHow,
  times: string,
): { repeat: Repeat | undefined; problem: string | undefined } {
  if (how === 'once') return { repeat: undefined, problem: undefined };
  const number = Number(times);
  const isRight = Number.isInteger(number) && number >= 2 && number <= most[how];
  return isRight
    ? { repeat: { how, times: number }, problem: undefined }
    : { repeat: undefined, problem: `The number of shots is from 2 to ${most[how]}.` };
}
