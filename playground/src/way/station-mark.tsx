import type { Mark } from './describe-way.ts';

/** On a grid of 16 by 16; shapes tell them apart without colour. */
const shapes: Record<Mark, { outline: string; sign?: string } | undefined> = {
  passed: { outline: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Z', sign: 'm5.3 8.1 1.9 1.9 3.5-3.9' },
  skipped: { outline: 'M8 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Z' },
  refused: {
    outline: 'M8 1 14 3.3v4.8c0 3.6-2.5 5.9-6 7-3.5-1.1-6-3.4-6-7V3.3Z',
    sign: 'm5 8 2.2 2.2L11.2 6',
  },
  hole: { outline: 'M8 .8 15.2 8 8 15.2.8 8Z', sign: 'M8 4.4v4.4M8 10.8v.7' },
  noted: { outline: 'M4 2h8v12H4Z', sign: 'M6 5.5h4M6 8h4M6 10.5h2.5' },
  unsure: {
    outline: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z',
    sign: 'M6.2 6.3c.2-1.1 1-1.6 1.8-1.6s1.8.5 1.8 1.6c0 1.3-1.8 1.5-1.8 2.8M8 10.9v.6',
  },
  torn: { outline: 'M2 2h12v12H2Z', sign: 'm5.2 5.2 5.6 5.6M10.8 5.2l-5.6 5.6' },
  ahead: undefined,
};

export function StationMark({ mark }: { mark: Mark }) {
  const shape = shapes[mark];
  if (!shape) return null;
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={shape.outline} />
      {shape.sign !== undefined && <path data-sign="" d={shape.sign} />}
    </svg>
  );
}
