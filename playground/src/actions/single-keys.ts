import { keep, recall } from '../text/page-storage.ts';

const KEY = 'single-keys';

/** Whether single keys do anything, remembered by this browser (WCAG 2.2, 2.1.4). */
export const singleKeysAreOn = (): boolean => recall('browser', KEY) !== 'off';

export const switchSingleKeys = (on: boolean): boolean => keep('browser', KEY, on ? 'on' : 'off');
