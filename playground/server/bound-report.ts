/**
 * Cuts a report to what a page can take. The code under test may answer with megabytes, hundreds of
 * times, and have as much written on the tape.
 */
import type { AttackReport, Exchange, UseReport } from '../../lab/protocol.ts';
import type { TapeEntry } from '../../exercises/weather-server/world/tape.ts';
import { cutBody } from '../../lab/cut-body.ts';

const MOST_EXCHANGES = 1_000;
const MOST_TAPE_ENTRIES = 2_000;
const MOST_GATES = 200;
/** Bodies together; each is at most 64 KiB already. */
const MOST_BODY_CHARACTERS = 1_500_000;
/** Of each body once those before have taken their share. */
const FEW_CHARACTERS = 500;
const MOST_TAPE_CHARACTERS = 1_500_000;
const LONGEST_STRING = 4_000;
const MOST_SENTENCES = 200;
const MOST_MEMBERS = 200;
const DEEPEST = 12;

export function boundReport<Report extends AttackReport | UseReport>(report: Report): Report {
  const exchanges = boundBodies(report.exchanges.slice(0, MOST_EXCHANGES), decisiveOf(report));
  // The picture needs gates of few requests; the list of what was executed needs none.
  const executed = report.tape.filter(({ kind }) => kind !== 'gate');
  const shown = withinCharacters(
    executed.slice(0, MOST_TAPE_ENTRIES).map((entry) => cutStrings(entry)),
  );
  const leftOut = {
    exchanges: report.exchanges.length - exchanges.length,
    tapeEntries: executed.length - shown.length,
  };
  const sentences = Object.entries(report).flatMap(([name, value]) =>
    typeof value === 'string' || (Array.isArray(value) && typeof value[0] === 'string')
      ? [[name, cutStrings(value)]]
      : [],
  );
  return {
    ...report,
    ...(Object.fromEntries(sentences) as Partial<Report>),
    exchanges,
    tape: inOrder(report, shown),
    ...(leftOut.exchanges + leftOut.tapeEntries > 0 ? { leftOut } : {}),
  };
}

const decisiveOf = (report: AttackReport | UseReport): string | undefined =>
  'decisive' in report ? report.decisive : report.exchanges.at(-1)?.requestId;

/** What is shown of the tape with the gates that are drawn, in the order in which all of it happened. */
function inOrder(report: AttackReport | UseReport, shown: TapeEntry[]): TapeEntry[] {
  const gates = drawnGates(report);
  let next = 0;
  return report.tape.flatMap((entry) => {
    if (entry.kind === 'gate') return gates.has(entry) ? [cutStrings(entry)] : [];
    return shown[next++] ?? [];
  });
}

/** Gates on the way of what decided: of its own request in any case, then of those of its kind. */
function drawnGates(report: AttackReport | UseReport): Set<TapeEntry> {
  const decisive = decisiveOf(report);
  const kind = report.exchanges.find(({ requestId }) => requestId === decisive)?.role;
  const alike = new Set(
    report.exchanges.flatMap(({ role, requestId }) => (role === kind ? [requestId] : [])),
  );
  const gates = report.tape.filter(({ kind }) => kind === 'gate');
  const first = gates.filter(({ requestId }) => requestId === decisive);
  const others = gates.filter(({ requestId }) => requestId !== decisive && alike.has(requestId));
  return new Set([...first, ...others].slice(0, MOST_GATES));
}

/** The exchange that people look at first gets its room before all others. */
function boundBodies(exchanges: Exchange[], decisive: string | undefined): Exchange[] {
  let left = MOST_BODY_CHARACTERS;
  const cut = <Message extends Exchange['request'] | Exchange['response']>(
    message: Message,
  ): Message => {
    const { body, more = 0 } = cutBody(message.body, Math.max(FEW_CHARACTERS, left));
    left -= body.length;
    const all = more + (message.more ?? 0);
    return {
      ...message,
      headers: cutStrings(message.headers),
      body,
      ...(all > 0 ? { more: all } : {}),
    };
  };
  const bound = (exchange: Exchange): Exchange => ({
    ...exchange,
    label: cutStrings(exchange.label),
    request: cut(exchange.request),
    response: cut(exchange.response),
  });
  const at = exchanges.findIndex(({ requestId }) => requestId === decisive);
  const first = exchanges[at];
  const bounded = first && bound(first);
  return exchanges.map((exchange, i) => (i === at && bounded ? bounded : bound(exchange)));
}

function withinCharacters<Entry>(entries: Entry[]): Entry[] {
  let left = MOST_TAPE_CHARACTERS;
  const end = entries.findIndex((entry) => (left -= JSON.stringify(entry).length) < 0);
  return end === -1 ? entries : entries.slice(0, end);
}

/** The same value with every text, list and object in it cut to a length that can be shown. */
function cutStrings<Value>(value: Value, depth = 0): Value {
  return cutValue(value, depth) as Value;
}

function cutValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') {
    const { body, more } = cutBody(value, LONGEST_STRING);
    return more === undefined ? body : `${body}… and ${more} more bytes`;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEEPEST) return '…';
  if (Array.isArray(value)) {
    const most = depth === 0 ? MOST_SENTENCES : MOST_MEMBERS;
    const members = value.slice(0, most).map((member) => cutValue(member, depth + 1));
    return value.length > most ? [...members, `… and ${value.length - most} more`] : members;
  }
  const members = Object.entries(value);
  const shown = members
    .slice(0, MOST_MEMBERS)
    .map(([name, member]) => [cutValue(name, depth), cutValue(member, depth + 1)]);
  if (members.length > MOST_MEMBERS) shown.push(['…', `${members.length - MOST_MEMBERS} more`]);
  return Object.fromEntries(shown) as unknown;
}
