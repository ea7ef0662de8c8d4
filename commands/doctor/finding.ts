/** One line of `npm run doctor`. */
export interface Finding {
  /** `note`: nothing is wrong with the workbook, but you may want to know. */
  state: 'ok' | 'PROBLEM' | 'note';
  about: string;
  /** What was tried, and what was seen. */
  seen: string;
}

export const holds = (about: string, isSo: boolean, seen: string): Finding => ({
  state: isSo ? 'ok' : 'PROBLEM',
  about,
  seen,
});
export const note = (about: string, seen: string): Finding => ({ state: 'note', about, seen });

/** What was waited for, in vain, and went on all the same. */
export class TooSlow extends Error {}

/** What a busy machine had no time for says nothing of the workbook. */
export const tooSlow = (about: string, waitedFor: string): Finding =>
  note(about, `too slow to tell: ${waitedFor} had no answer. Try again when less is going on.`);
