import { useState } from 'react';
import { keep, recall } from '../text/page-storage.ts';

/** Of the room that lesson and pane share, in percent. */
export const PANE_WIDTH = { least: 30, most: 70, usual: 50 };
const KEY = 'pane-width';

/** How wide the pane is, as the learner left it; remembered by this browser. */
export function useKeptWidth(): [percent: number, widen: (percent: number) => void] {
  const [percent, setPercent] = useState(() => within(Number(recall('browser', KEY) ?? NaN)));
  return [
    percent,
    (wanted) => {
      const next = within(wanted);
      setPercent(next);
      keep('browser', KEY, String(next));
    },
  ];
}

const within = (percent: number): number =>
  Number.isFinite(percent)
    ? Math.min(Math.max(Math.round(percent), PANE_WIDTH.least), PANE_WIDTH.most)
    : PANE_WIDTH.usual;
