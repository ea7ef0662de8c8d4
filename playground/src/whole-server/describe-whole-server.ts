import { targetTitles } from '../console/targets.ts';
import type { WholeServerRun } from '../lab-client/use-whole-server.ts';

/** Where a check of a whole server stands, in a sentence. */
export function describeWholeServer(run: Exclude<WholeServerRun, { state: 'idle' }>): string {
  const open = run.items.filter(({ holds }) => !holds).length;
  const server = targetTitles[run.target];
  switch (run.state) {
    case 'running':
      return `${run.items.length} items of ${server} so far, ${open} open.`;
    case 'stopped':
      return `Stopped after ${run.items.length} of ${run.planned} items; ${open} of them are open.`;
    case 'failed':
      return `${run.message} ${run.items.length} items were checked before.`;
    case 'done':
      return open === 0
        ? `${server}: all ${run.items.length} items hold.`
        : `${server}: ${run.items.length - open} of ${run.items.length} items hold, ${open} are open.`;
  }
}
