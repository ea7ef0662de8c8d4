/** Fires a schedule of calls as one fresh user, and reads from the tape what became of them. */
import type { LabReply } from '../../lab/protocol.ts';
import {
  inGroups,
  instanceFor,
  inTurn,
  tokensOf,
} from '../../catalogue/attacks/18-many-instances/over-instances.ts';
import { PARIS } from '../../catalogue/attacks/replies.ts';
import { faultsOn } from '../../lab/faults-on.ts';
import { requireAnswer } from '../require-answer.ts';
import type { TargetSession } from '../../lab/target-session.ts';
import type { TapeEntry } from '../../exercises/weather-server/world/tape.ts';
import type { Burst, BurstCall, BurstReport } from './shared.ts';

const MINUTE_MS = 60_000;

/** A call as it was sent. */
export interface SentCall {
  burst: number;
  instance: number;
  /** On the server's clock, as far as the lab knows it. */
  sentAt: number;
  reply: LabReply;
}

/** Bursts are fired in the order of their time; the clock of the target is moved in between. */
export async function fireBursts(lab: TargetSession, bursts: Burst[]): Promise<BurstReport> {
  // Windows that follow the minutes of the clock then begin where the schedule does.
  await lab.advance(MINUTE_MS - (lab.now() % MINUTE_MS));
  const zero = lab.now();
  const token = await tokensOf(lab, { sub: `user-${lab.nonce}` });
  const instances = lab.instances.length;
  // What several instances share is wrong between two calls at once only.
  const send = instances > 1 ? inGroups : inOneRow;
  const sent: SentCall[] = [];
  for (const { atSecond, calls, burst } of inOrder(bursts)) {
    await lab.advance(Math.max(0, zero + atSecond * 1000 - lab.now()));
    const requests = Array.from({ length: calls }, (_, index) => async () => {
      const instance = index % instances;
      const sentAt = lab.now();
      const to = instanceFor(lab, instance);
      const reply = await to.call('get_weather', PARIS, { token: token(instance) });
      requireAnswer(lab, reply);
      sent.push({ burst, instance, sentAt, reply });
      return reply;
    });
    await send(lab, requests);
    await lab.tape(); // also says what time it is there by now
  }
  const tape = await lab.tape();
  return {
    limit: lab.config.limits.perUserPerMinute,
    instances,
    calls: readCalls(sent, tape, zero),
    faults: faultsOn(tape),
  };
}

const inOneRow: typeof inGroups = (_lab, requests) => inTurn(requests);

const inOrder = (bursts: Burst[]): (Burst & { burst: number })[] =>
  bursts
    .map((one, burst) => ({ ...one, burst }))
    .sort((one, other) => one.atSecond - other.atSecond);

/** The tape decides what happened and when; the answer only says when to try again. */
export function readCalls(sent: SentCall[], tape: TapeEntry[], zero: number): BurstCall[] {
  const decided = new Map<string, Extract<TapeEntry, { kind: 'limit' }>>();
  const ran = new Map<string, number>();
  for (const entry of tape) {
    if (entry.kind === 'limit') decided.set(entry.requestId, entry);
    if (entry.kind === 'tool') ran.set(entry.requestId, entry.at);
  }
  return sent.map(({ burst, instance, sentAt, reply }) => {
    const { requestId } = reply;
    const decision = decided.get(requestId);
    const ranAt = ran.get(requestId);
    // When the limiter decided; a tool may run a little later.
    const at = decision?.at ?? ranAt ?? sentAt;
    const fate =
      ranAt !== undefined ? 'ran' : decision?.decision === 'refused' ? 'refused' : 'neither';
    const retryAfter = fate === 'ran' ? undefined : readRetryAfter(reply);
    return {
      burst,
      instance,
      at: Math.max(0, at - zero),
      fate,
      ...(retryAfter === undefined ? {} : { retryAfterSeconds: retryAfter }),
    };
  });
}

/** As it was said, however useless; the JSON may stand inside a text of the answer. */
function readRetryAfter({ headers, text }: LabReply): number | undefined {
  const said =
    headers['retry-after'] ?? /\\?"retry_after_seconds\\?"\s*:\s*(-?[\d.]+)/.exec(text)?.[1];
  const seconds = Number(said);
  return said === undefined || Number.isNaN(seconds) ? undefined : seconds;
}
