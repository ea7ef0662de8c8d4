import type { KeyboardEvent, PointerEvent } from 'react';
import styles from './pane-grip.module.css';
import { PANE_WIDTH } from './use-kept-width.ts';

interface PaneGripProps {
  percent: number;
  onWiden: (percent: number) => void;
}

/** What the arrow keys add or take. */
const STEP = 2;
const keys: Record<string, (percent: number) => number> = {
  ArrowLeft: (percent) => percent + STEP,
  ArrowRight: (percent) => percent - STEP,
  Home: () => PANE_WIDTH.most,
  End: () => PANE_WIDTH.least,
};

/** The border between lesson and pane, to be dragged, or moved with the arrow keys. */
export function PaneGrip({ percent, onWiden }: PaneGripProps) {
  function press(event: KeyboardEvent): void {
    const move = keys[event.key];
    if (!move) return;
    event.preventDefault();
    onWiden(move(percent));
  }

  function drag(event: PointerEvent<HTMLElement>): void {
    const grip = event.currentTarget;
    if (!grip.hasPointerCapture(event.pointerId)) return;
    const room = grip.parentElement?.parentElement?.getBoundingClientRect();
    if (room) onWiden((100 * (room.right - event.clientX)) / room.width);
  }

  return (
    // A separator that can be moved is a widget (WAI-ARIA 1.2, separator), which no `hr` is.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className={styles.grip}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the tools"
      aria-valuenow={percent}
      aria-valuemin={PANE_WIDTH.least}
      aria-valuemax={PANE_WIDTH.most}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onDoubleClick={() => onWiden(PANE_WIDTH.usual)}
    />
  );
}
