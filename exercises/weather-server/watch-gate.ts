/** Puts on the tape that a request has come to a gate, and whether the gate let it go on. */
import type { RequestHandler } from 'express';
import type { GateEntry, Tape } from './world/tape.ts';

const LONGEST_DETAIL = 500;

/** A middleware that does what `handler` does. */
export const watchGate =
  (tape: Tape, gate: string, handler: RequestHandler): RequestHandler =>
  (request, response, next) => {
    const entry = reachGate(tape, gate);
    // Express takes the names of what is to be skipped in place of an error.
    const goOn = (why?: unknown): void => {
      if (why === undefined || why === null || why === 'route' || why === 'router') {
        entry.decision = 'passed';
      } else {
        refuseAt(entry, why);
      }
      next(why);
    };
    return handler(request, response, goOn);
  };

/** The entry is completed by whoever decides. */
export const reachGate = (tape: Tape, gate: string): GateEntry =>
  tape.write<GateEntry>({ kind: 'gate', gate, decision: 'reached' });

export function refuseAt(entry: GateEntry, why: unknown): void {
  entry.decision = 'refused';
  try {
    const { message } = why as { message?: unknown };
    if (typeof message === 'string') entry.detail = message.slice(0, LONGEST_DETAIL);
  } catch {
    // Anything can be thrown, also what throws when it is read.
  }
}
