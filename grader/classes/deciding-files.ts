/** Whether the files that decide about a submission are still what they were. */
import { DECIDING } from '../grading/fingerprint.ts';
import { digests } from '../../shared/digests.ts';

/** Of a workbook, by file. */
export const decidingDigests = (workbook: string): Map<string, string> =>
  digests(workbook, DECIDING);

const MOST_NAMED = 3;

/** Files that are in one and not in the other, or not the same; the first of them, or nothing. */
export function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((file) => before.get(file) !== after.get(file))
    .slice(0, MOST_NAMED)
    .join(', ');
}
