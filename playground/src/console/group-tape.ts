import type { Exchange } from '../../../lab/protocol.ts';
import type { TapeEntry } from '../../../exercises/weather-server/world/tape.ts';

/** Entries in a row that happened under one request. */
export interface TapeGroup {
  /** Number of the exchange, or `undefined` for work outside a known one. */
  number: number | undefined;
  role: Exchange['role'] | undefined;
  entries: TapeEntry[];
}

export function groupTape(tape: TapeEntry[], exchanges: Exchange[]): TapeGroup[] {
  const numbers = new Map(exchanges.map(({ requestId }, i) => [requestId, i + 1]));
  const groups: TapeGroup[] = [];
  let lastId: string | undefined;
  for (const entry of tape) {
    if (entry.requestId === lastId) {
      groups.at(-1)?.entries.push(entry);
    } else {
      const number = numbers.get(entry.requestId);
      const role = number === undefined ? undefined : exchanges[number - 1]?.role;
      groups.push({ number, role, entries: [entry] });
    }
    lastId = entry.requestId;
  }
  return groups;
}
