/** One shot several times at one target. */
import type { AttackReport, UseReport } from '../../../lab/protocol.ts';
import type { FireEvent, ShotResult, Tally, TargetName } from '../../lab-api.ts';
import type { TargetStream } from './answers.ts';

/**
 * Fires one after another, tells the count after each, and gives back the last report. A target
 * that cannot be asked ends the series, and so does a reader who is gone.
 */
export async function fireInTurn<Report extends AttackReport | UseReport>(
  target: TargetName,
  times: number,
  stream: TargetStream<FireEvent>,
  fire: () => Promise<Report>,
): Promise<Report> {
  const tally: Tally = {};
  for (let shot = 1; ; shot++) {
    const report = await fire();
    if (times === 1) return report;
    const result = resultOf(report);
    tally[result] = (tally[result] ?? 0) + 1;
    stream.send({ type: 'tally', target, tally });
    if (shot === times || !stream.isRead()) return report;
  }
}

function resultOf(report: AttackReport | UseReport): ShotResult {
  if ('verdict' in report) return report.verdict;
  return report.problems.length === 0 ? 'works' : 'fails';
}
