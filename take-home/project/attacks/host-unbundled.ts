/** Node reads the lab's process as it is written: there is nothing to bundle. */
import path from 'node:path';

export const START = 'host.ts';

/** The folder that it is in. */
export const hostBundle = async (): Promise<string> =>
  path.join(import.meta.dirname, 'lab', 'host');
