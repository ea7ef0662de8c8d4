import { judge } from '../console/judgement.ts';
import { targetNames, targetTitles } from '../console/targets.ts';
import type { BegunRun } from '../console/use-firing-bench.ts';

/** What a shot came to, for those who do not see it; nothing while it is under way. */
export function announce(run: BegunRun): string {
  if (run.state === 'running') return '';
  const said = targetNames.flatMap((name) => {
    const outcome = run.outcomes[name];
    return outcome ? [`${targetTitles[name]}: ${judge(outcome, run.tallies[name]).word}.`] : [];
  });
  return [...said, ...(run.state === 'failed' ? [run.message] : [])].join(' ');
}
