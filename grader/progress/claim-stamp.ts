/**
 * Names for what is kept: by its time, and numbered where two are kept in one second. `claim` makes
 * the file or folder and throws EEXIST for a name that somebody has.
 */
export function claimStamp<Kept>(at: Date, claim: (stamp: string) => Kept): Kept {
  // Windows allows no colons.
  const time = at.toISOString().slice(0, 19).replaceAll(':', '-');
  for (let number = 1; ; number++) {
    try {
      return claim(number === 1 ? time : `${time}-${number}`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
