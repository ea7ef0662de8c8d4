/** What the process has used. */
import { randomFill } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Kept before any learner code can reach them. */
const cpuUsage = process.cpuUsage.bind(process);
const fillBytes = randomFill;
const memoryUsage = process.memoryUsage.bind(process);
const eventLoop = performance.eventLoopUtilization.bind(performance);

/** Processor time used so far, in milliseconds. */
export function processorMs(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
}

/**
 * See `workedTime` in host-protocol.ts. It comes by way of the threads on which Node does what takes
 * long, so that it is late where these get no time.
 */
export const workedMs = async (): Promise<number> => {
  await new Promise((resolve) => fillBytes(Buffer.alloc(1), resolve));
  return processorMs() + eventLoop().active;
};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are still in use once everything else is thrown away. */
export function heapUsed(): number {
  collectGarbage();
  collectGarbage();
  return memoryUsage().heapUsed;
}
