/**
 * A target on a machine that has other things to do.
 *
 * @module-tag long
 */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeRunKeys } from './run-keys.ts';
import { TargetProcess } from './target-process.ts';

/** What is late is looked at after 1.6 seconds. */
const IMPATIENT = 0.2;

test('waits for a target that the machine gives no time', async () => {
  const target = await TargetProcess.start(await makeRunKeys(), IMPATIENT);
  process.kill(target.pid ?? 0, 'SIGSTOP');
  const asked = target.ask('processorTime', null);
  await pause(4_000);
  process.kill(target.pid ?? 0, 'SIGCONT');
  expect(await asked).toBeGreaterThan(0);
  expect(target.alive).toBe(true);
  await target.stop();
});
