/** Standard output as pino writes to it, at once and whole. */
import { destination } from 'pino';

const out = destination({ dest: 1, sync: true });

export const writeLine = (line: string): void => void out.write(`${line}\n`);
