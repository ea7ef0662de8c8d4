/** Lets an incident happen at one server, and brings back what it wrote down. */
import { faultsOn } from '../../lab/faults-on.ts';
import { requireAnswer } from '../require-answer.ts';
import type { TargetSession } from '../../lab/target-session.ts';
import type { Plan, PlannedCall } from './plan-incident.ts';

/** A call that was made. */
export interface MadeCall extends PlannedCall {
  requestId: string;
  /** Milliseconds since the epoch, on the server's clock. */
  madeAt: number;
  /** Whether the limiter refused it, by the tape. */
  limited: boolean;
}

export interface LogLine {
  text: string;
  /** The request it was written under; `-` if that is not known. */
  requestId: string;
  writtenAt: number;
}

export interface MadeIncident {
  plan: Plan;
  calls: MadeCall[];
  lines: LogLine[];
  /** Every token that was sent. */
  tokens: string[];
  faults: string[];
}

/** The page has to show them; what is beyond is cut. */
const LONGEST_LINE = 20_000;
const MOST_LINES = 400;
/** A line may be written just after its call was answered. */
const LAST_LINE_WITHIN_MS = 100;

export async function runIncident(lab: TargetSession, plan: Plan): Promise<MadeIncident> {
  const zero = lab.now();
  const made: Omit<MadeCall, 'limited'>[] = [];
  const tokens: string[] = [];
  for (const call of plan.calls) {
    await lab.advance(Math.max(0, zero + call.at - lab.now()));
    const token = await lab.mint({
      claims: { sub: call.subject, scope: call.scope },
      ...(call.part === 'forged' ? { signWith: 'attacker-key' as const } : {}),
    });
    tokens.push(token);
    const madeAt = lab.now();
    const reply = await lab.call(call.tool, call.arguments, { token });
    requireAnswer(lab, reply);
    made.push({ ...call, requestId: reply.requestId, madeAt });
  }
  await new Promise((resolve) => setTimeout(resolve, LAST_LINE_WITHIN_MS));
  const tape = await lab.tape();
  const limited = new Set(
    tape.flatMap((entry) =>
      entry.kind === 'limit' && entry.decision === 'refused' ? [entry.requestId] : [],
    ),
  );
  const calls = made.map((call) => ({ ...call, limited: limited.has(call.requestId) }));
  const written = tape.flatMap((entry) =>
    // In a file, a raw line end begins another line. And a learner may have passed anything on.
    entry.kind === 'audit'
      ? String(entry.line as unknown)
          .split(/\r?\n/)
          .map((text) => ({ text, entry }))
      : [],
  );
  const lines = written.slice(0, MOST_LINES).map(({ text, entry }): LogLine => ({
    text: text.slice(0, LONGEST_LINE),
    requestId: entry.requestId,
    writtenAt: entry.at,
  }));
  return { plan, calls, lines, tokens, faults: faultsOn(tape) };
}
