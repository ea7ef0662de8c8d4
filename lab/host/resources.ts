/** What the process has used. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Kept before any learner code can reach them. */
const cpuUsage = process.cpuUsage.bind(process);
const memoryUsage = process.memoryUsage.bind(process);

/** Processor time used so far, in milliseconds. */
export function processorMs(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are still in use once everything else is thrown away. */
export function heapUsed(): number {
  collectGarbage();
  collectGarbage();
  return memoryUsage().heapUsed;
}
