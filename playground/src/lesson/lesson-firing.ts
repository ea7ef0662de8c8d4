import { createContext } from 'react';
import type { Outcomes } from '../lab-client/shot.ts';

/** What links to attacks do in the lesson of their topic. */
interface LessonFiring {
  /** Id of what is shown in the pane. */
  shown: string;
  /** What it gave when it was fired last, here or in the pane. */
  latest: Record<string, Outcomes>;
  knows: (id: string) => boolean;
  showAndFire: (id: string, variant?: string) => void;
}

/** Without it, such a link leads to the attack like any other. */
export const LessonFiringContext = createContext<LessonFiring | undefined>(undefined);
