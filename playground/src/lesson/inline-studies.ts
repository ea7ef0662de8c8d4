import { lazy, type ComponentType } from 'react';
import { burstHref, hrefOf } from '../place.ts';

interface InlineStudy {
  Study: ComponentType;
  /** Class of `study-card.module.css` that keeps its place free. */
  room: 'window' | 'sameIv';
}

/** Studies of which a part fits into a lesson, by their address. */
export const inlineStudies: Partial<Record<string, InlineStudy>> = {
  [burstHref()]: {
    Study: lazy(async () => ({ default: (await import('../burst/window-demo.tsx')).WindowDemo })),
    room: 'window',
  },
  [hrefOf('envelope')]: {
    Study: lazy(async () => ({
      default: (await import('../envelope/same-iv-example.tsx')).SameIvExample,
    })),
    room: 'sameIv',
  },
};
