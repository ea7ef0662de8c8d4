/**
 * Finds `valkey-server` or `redis-server`. Nothing needs one: where there is none, topic 18 uses a store
 * in the lab's own process.
 */
import { installOnDebian, programOnPath } from './system-programs.ts';

const COMMANDS = ['valkey-server', 'redis-server'];

/** The one that is there, if any. The lab starts it with `sh`, which Windows does not have. */
export const locateStoreServer = (): string | undefined =>
  process.platform === 'win32' ? undefined : programOnPath(COMMANDS);

/** For tests: on Debian, as root, one is installed. Undefined where none can be had. */
export function findStoreServer(): string | undefined {
  return locateStoreServer() ?? (installOnDebian('redis-server') ? locateStoreServer() : undefined);
}
