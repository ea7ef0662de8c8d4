/** Topics that were not solved when this project was written: see the README. */
export const unsolved: readonly string[] = [];
