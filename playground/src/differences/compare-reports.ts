import type { AttackReport, Exchange, UseReport } from '../../../lab/protocol.ts';
import { describeTapeEntry } from '../console/describe-tape-entry.ts';
import { compareExchanges, type ExchangeDifference } from './compare-exchanges.ts';

type Report = AttackReport | UseReport;

interface CountDifference {
  /** As on the tape, such as `tool ran`. */
  label: string;
  left: number;
  right: number;
}

export interface ReportDifferences {
  counts: CountDifference[];
  exchanges: ExchangeDifference[];
  /** Exchanges that differ as well, but are not shown. */
  furtherDiffering: number;
  equal: number;
  /** Requests that only one of them was sent, because an attack had come to its end. */
  unpaired: { left: number; right: number };
}

const MOST_SHOWN = 4;
const MOST_PAIRS = 120;

/** What differs between two targets that were sent the same: answers, and what they executed. */
export function compareReports(left: Report, right: Report): ReportDifferences {
  const { pairs, unpaired } = pairUp(compared(left), compared(right));
  let equal = 0;
  let furtherDiffering = 0;
  const exchanges: ExchangeDifference[] = [];
  for (const [one, other] of pairs) {
    const difference = compareExchanges(one, other, exchanges.length < MOST_SHOWN);
    if (!difference) equal += 1;
    else if (exchanges.length < MOST_SHOWN) exchanges.push(difference);
    else furtherDiffering += 1;
  }
  return { counts: compareCounts(left, right), exchanges, furtherDiffering, equal, unpaired };
}

/** Of an attack, what belongs to it; the ordinary calls around it are the same everywhere. */
function compared(report: Report): Exchange[] {
  const isAttack = 'attackId' in report;
  return report.exchanges.filter(({ role }) => !isAttack || role === 'attack').slice(0, MOST_PAIRS);
}

/** The first of a label with the first of that label, and so on. */
function pairUp(left: Exchange[], right: Exchange[]) {
  const waiting = new Map<string, Exchange[]>();
  for (const exchange of right) {
    const sameLabel = waiting.get(exchange.label);
    if (sameLabel) sameLabel.push(exchange);
    else waiting.set(exchange.label, [exchange]);
  }
  const pairs = left.flatMap((exchange) => {
    const partner = waiting.get(exchange.label)?.shift();
    return partner ? [[exchange, partner] as const] : [];
  });
  const unpaired = { left: left.length - pairs.length, right: right.length - pairs.length };
  return { pairs, unpaired };
}

function compareCounts(left: Report, right: Report): CountDifference[] {
  const [one, other] = [countEntries(left), countEntries(right)];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((label) => {
    const counts = { left: one.get(label) ?? 0, right: other.get(label) ?? 0 };
    return counts.left === counts.right ? [] : [{ label, ...counts }];
  });
}

function countEntries(report: Report): Map<string, number> {
  const ids = new Set(compared(report).map(({ requestId }) => requestId));
  const counts = new Map<string, number>();
  for (const entry of report.tape) {
    if (!ids.has(entry.requestId) || entry.kind === 'gate') continue;
    const { label } = describeTapeEntry(entry);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}

/** What differs, in a few words; `undefined`: nothing. */
export function summarizeDifferences(found: ReportDifferences): string | undefined {
  const { counts, exchanges, furtherDiffering, unpaired } = found;
  const names = new Set(exchanges.flatMap(({ values }) => values.map(({ name }) => name)));
  const headers = [...names].filter((name) => name !== 'Status').length;
  const parts = [
    ...(names.has('Status') ? ['status'] : []),
    ...(headers > 0 ? [headers === 1 ? '1 header' : `${headers} headers`] : []),
    ...(exchanges.some(({ body }) => body !== 'equal') ? ['body'] : []),
    ...(counts.length > 0 ? ['what was executed'] : []),
    ...(unpaired.left + unpaired.right > 0 ? ['number of requests'] : []),
  ];
  if (parts.length === 0) return undefined;
  const answers = exchanges.length + furtherDiffering;
  return `${parts.join(', ')}${answers > 1 ? `, in ${answers} exchanges` : ''}`;
}
