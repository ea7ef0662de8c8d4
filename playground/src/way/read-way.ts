/** How far a request came, read from the tape and from nothing else. */
import type { TapeEntry } from '../../../exercises/weather-server/world/tape.ts';
import type { AttackReport, Exchange, UseReport } from '../../../lab/protocol.ts';
import {
  gatesOf,
  isOfClient,
  readGate,
  takesSeveralRequests,
  type GateId,
  type GateReading,
} from './gates.ts';

/**
 * `skipped`: the request went past it, and nobody asked. `ahead`: it did not come so far. `noted`: it
 * did not come so far either, but a line was written. `torn`: from here on nothing is known.
 */
type StationState = 'passed' | 'refused' | 'skipped' | 'ahead' | 'noted' | 'torn';

export interface Station {
  gate: GateId;
  state: StationState;
  /** What the gate decided on. It may quote what was sent. */
  said: string | undefined;
}

export interface Way {
  stations: Station[];
  /** The request that is drawn, or the last of those that are. */
  exchange: Exchange | undefined;
  /** What the tape says of it. */
  entries: TapeEntry[];
}

type Report = AttackReport | UseReport;

export function readWay(report: Report, slug: string): Way {
  if (isOfClient(slug)) return readWayOfClient(report, slug);
  const exchange = decidingExchange(report);
  const ids = new Set(drawnExchanges(report, slug, exchange).map(({ requestId }) => requestId));
  const entries = report.tape.filter(({ requestId }) => ids.has(requestId));
  const readings = readAll(entries, exchange);
  return { stations: stationsOf(gatesOf(slug), readings, isLost(exchange)), exchange, entries };
}

/** What the client did itself; no request of anybody else’s is drawn. */
function readWayOfClient(report: Report, slug: string): Way {
  const role: Exchange['role'] = 'attackId' in report ? 'attack' : 'control';
  const entries = report.tape.filter(({ requestId }) => requestId.startsWith(`client-${role}-`));
  const readings = readAll(entries, undefined);
  return { stations: stationsOf(gatesOf(slug), readings, false), exchange: undefined, entries };
}

/** An answer that never came decides, whatever was asked afterwards. */
function decidingExchange(report: Report): Exchange | undefined {
  const { exchanges } = report;
  if (!('attackId' in report)) return exchanges.at(-1);
  const lost = exchanges.find((one) => one.role === 'attack' && isLost(one));
  return lost ?? exchanges.find(({ requestId }) => requestId === report.decisive);
}

const isLost = (exchange: Exchange | undefined): boolean =>
  exchange !== undefined && exchange.response.status === 0;

function drawnExchanges(report: Report, slug: string, one: Exchange | undefined): Exchange[] {
  if (!one) return [];
  return takesSeveralRequests(slug)
    ? report.exchanges.filter(({ role }) => role === one.role)
    : [one];
}

/** Of each gate the latest that is known. */
function readAll(entries: TapeEntry[], exchange: Exchange | undefined): Map<GateId, GateReading> {
  const readings = new Map<GateId, GateReading>();
  // Whoever is let in without a token is let in: the middleware decides, and not what it asked.
  const letIn = entries.some(
    (entry) => entry.kind === 'gate' && entry.gate === 'bearer' && entry.decision === 'passed',
  );
  for (const entry of entries) {
    const found = readGate(entry);
    if (!found) continue;
    const earlier = readings.get(found.gate);
    const decision =
      found.gate === 'token' && letIn
        ? 'passed'
        : found.decision === 'reached' && isAnswered(exchange)
          ? 'passed'
          : found.decision;
    // What a gate says of itself comes first, and why it says so may come later.
    readings.set(found.gate, { ...found, decision, said: found.said ?? earlier?.said });
  }
  return readings;
}

/** By the gate itself, and well, such as a preflight. */
const isAnswered = (exchange: Exchange | undefined): boolean =>
  exchange !== undefined && exchange.response.status > 0 && exchange.response.status < 400;

function stationsOf(
  gates: readonly GateId[],
  readings: Map<GateId, GateReading>,
  lost: boolean,
): Station[] {
  const reached = gates.findLastIndex((gate) => gate !== 'audit' && readings.has(gate));
  const stopped = gates.findLastIndex((gate) => {
    const decision = readings.get(gate)?.decision;
    return decision === 'refused' || decision === 'reached';
  });
  const end = stopped === -1 ? reached : stopped;
  return gates.map((gate, i) => {
    const reading = readings.get(gate);
    const said = reading?.said;
    if (lost && i === Math.max(end, 0)) return { gate, said, state: 'torn' };
    if (i === end && stopped !== -1) return { gate, said, state: 'refused' };
    if (reading && gate === 'audit' && stopped !== -1) return { gate, said, state: 'noted' };
    if (reading) return { gate, said, state: 'passed' };
    const ran = stopped === -1 && readings.has('tool');
    return { gate, said, state: i < end || (ran && gate === 'audit') ? 'skipped' : 'ahead' };
  });
}

/** Where it was refused, if it was. */
export const refusedAt = ({ stations }: Way): Station | undefined =>
  stations.find(({ state }) => state === 'refused');
