import { createContext } from 'react';

/** Level of the heading that stands over everything inside. */
export const HeadingLevelAbove = createContext(1);
