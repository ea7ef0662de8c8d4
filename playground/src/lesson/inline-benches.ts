import { lazy, type ComponentType } from 'react';
import { hrefOf } from '../place.ts';

interface InlineBench {
  Bench: ComponentType;
  /** Class of `bench-card.module.css` that keeps its place free. */
  room: 'window' | 'sameIv';
}

/** Benches of which a part fits into a lesson, by their address. */
export const inlineBenches: Partial<Record<string, InlineBench>> = {
  [hrefOf('burst')]: {
    Bench: lazy(async () => ({ default: (await import('../burst/window-demo.tsx')).WindowDemo })),
    room: 'window',
  },
  [hrefOf('envelope')]: {
    Bench: lazy(async () => ({
      default: (await import('../envelope/same-iv-example.tsx')).SameIvExample,
    })),
    room: 'sameIv',
  },
};
