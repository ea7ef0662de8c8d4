import { createContext } from 'react';
import type { Replay } from '../../../grader/attacks/attack.ts';

/** Where the requests shown inside can be repeated, if they can. */
export const ReplayContext = createContext<Replay | undefined>(undefined);
