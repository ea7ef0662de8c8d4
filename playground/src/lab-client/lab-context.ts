import { createContext, use } from 'react';
import type { LabEvent, Marks, Progress } from '../../lab-api.ts';
import type { Connection } from './follow-lab.ts';
import type { CatalogueState } from './use-lab-catalogue.ts';

export type StubChange = Extract<LabEvent, { type: 'stub-changed' }>;

export interface LabState {
  connection: Connection;
  catalogue: CatalogueState;
  progress: Progress;
  mark: (slug: string, marks: Marks) => void;
  /** Asks for the progress once more. */
  loadProgress: () => Promise<void>;
  /** The learner's latest save; a new object for every save. */
  stubChange: StubChange | undefined;
  /** Asks for the catalogue once more. */
  tryAgain: () => void;
}

export const LabContext = createContext<LabState | undefined>(undefined);

export function useLab(): LabState {
  const lab = use(LabContext);
  if (!lab) throw new Error('useLab is used outside LabProvider');
  return lab;
}
