/** What `npm run new` leaves for the author to write is marked so, and found by `npm run check`. */
export const MARKER = 'TODO(author)';

/** @param what what belongs here, beginning with a verb */
export const placeholder = (what: string): string => `${MARKER}: ${what}`;
