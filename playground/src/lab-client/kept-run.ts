/**
 * The latest shot of a topic outlives a reload of this tab: verdicts, findings and the picture. What
 * went over the wire does not, for it holds tokens, and storage is no place for those.
 */
import type { Exchange } from '../../../lab/protocol.ts';
import { keepJson, recallJson } from '../text/page-storage.ts';
import type { Run } from './firing-run.ts';

type DoneRun = Extract<Run, { state: 'done' }>;

const keyOf = (slug: string): string => `run:${slug}`;
const NOT_KEPT = 'Headers and bodies are not kept over a reload. Fire again to see them.';
/** A JWT, or the beginning of one. */
const TOKEN = /eyJ[\w-]+(?:\.[\w-]*)*/g;

export function keepRun(slug: string, run: DoneRun): void {
  const outcomes = Object.fromEntries(
    Object.entries(run.outcomes).map(([name, outcome]) => [name, withoutWire(outcome)]),
  );
  keepJson('tab', keyOf(slug), { ...run, outcomes, earlier: {} }, (text) =>
    text.replaceAll(TOKEN, '(a token, not kept)'),
  );
}

export const recallRun = (slug: string): DoneRun | undefined =>
  recallJson('tab', keyOf(slug), isRun);

function withoutWire<Outcome extends DoneRun['outcomes'][keyof DoneRun['outcomes']]>(
  outcome: Outcome,
): Outcome {
  if (!outcome || !('report' in outcome)) return outcome;
  const { replay: _replay, ...report } = outcome.report;
  return { ...outcome, report: { ...report, exchanges: report.exchanges.map(onlyTheLine) } };
}

const onlyTheLine = (exchange: Exchange): Exchange => ({
  ...exchange,
  request: { ...exchange.request, headers: {}, body: NOT_KEPT },
  response: { ...exchange.response, headers: {}, body: NOT_KEPT },
});

const isRun = (value: unknown): value is DoneRun =>
  typeof value === 'object' && value !== null && 'shot' in value && 'outcomes' in value;
