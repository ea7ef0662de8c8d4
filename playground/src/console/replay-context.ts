import { createContext } from 'react';
import type { Replay } from '../../../lab/protocol.ts';

/** Where the requests shown inside can be repeated, if they can. */
export const ReplayContext = createContext<Replay | undefined>(undefined);
