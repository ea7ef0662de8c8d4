/**
 * Fires one attack, or one piece of ordinary use, at one target and decides the verdict.
 *
 * `breached` needs an effect. `blocked` needs its absence and an ordinary call just before and just
 * after that succeeds, so that a server which refuses everybody is never called secure. Anything
 * else is `inconclusive`.
 */
import type { Attack, Findings, LegitimateUse } from './attack.ts';
import {
  ANSWER_WITHOUT_END,
  NO_ANSWER_IN_TIME,
  StepFailed,
  type AttackReport,
  type Exchange,
  type LabReply,
  type UseReport,
  type Verdict,
  type VerdictCount,
} from './protocol.ts';
import type { TapeEntry } from '../exercises/weather-server/world/tape.ts';
import { faultsOn } from './faults-on.ts';
import type { TargetSession } from './target-session.ts';
import { TargetProblem } from './target-process.ts';

/** Opens a fresh server of the target under attack, in so many instances. */
export type OpenSession = (instances?: number) => Promise<TargetSession>;

/** @param copies fired at the same time, at the same server */
export async function runAttack(
  attack: Attack,
  variant: string,
  payload: unknown,
  openSession: OpenSession,
  copies = 1,
): Promise<AttackReport> {
  const lab = await openSession(attack.instances);
  try {
    const before = await ordinaryUse(attack, lab, 'before');
    const attempts = await Promise.all(
      Array.from({ length: copies }, async () => attempt(attack, payload, lab)),
    );
    const findings: Findings = {
      breaches: inAll(attempts, ({ breaches }) => breaches),
      complaints: inAll(attempts, ({ complaints }) => complaints),
    };
    const failedStep = inAll(attempts, (made) => made.failedStep);
    const breached = findings.breaches.length > 0;
    // A stalled server would only make us wait for an answer that changes nothing.
    const after = breached && lab.lost ? [] : await ordinaryUse(attack, lab, 'after');
    const controlProblems = [
      ...before,
      ...failedStep,
      ...after,
      ...(breached ? [] : unanswered(lab.exchanges)),
      ...(lab.lost && !breached ? [lab.lost.message] : []),
    ];
    const verdict: Verdict = breached
      ? 'breached'
      : controlProblems.length > 0
        ? 'inconclusive'
        : 'blocked';
    const failedIn = before.length === 0 && failedStep.length > 0 ? 'attack' : 'control';
    const tape = await lab.tapeForPeople();
    return {
      attackId: attack.id,
      variant,
      verdict,
      summary: summarize(verdict, findings, controlProblems),
      breaches: findings.breaches,
      complaints: findings.complaints,
      controlProblems,
      faults: faultsIn(tape, lab),
      exchanges: lab.exchanges,
      replay: lab.replay,
      ...(copies > 1 ? { copies: countVerdicts(attempts, controlProblems.length > 0) } : {}),
      decisive: decisiveExchange(verdict, failedIn, lab.exchanges, tape)?.requestId,
      tape,
    };
  } finally {
    await lab.close().catch(() => undefined);
  }
}

/** What one firing of the attack found, and the step that failed, if one did. */
interface Attempt extends Findings {
  failedStep: string[];
}

async function attempt(attack: Attack, payload: unknown, lab: TargetSession): Promise<Attempt> {
  try {
    return { ...(await attack.fire(payload, lab)), failedStep: [] };
  } catch (error) {
    const nothing: Attempt = { breaches: [], complaints: [], failedStep: [] };
    if (error instanceof StepFailed) return { ...nothing, failedStep: [error.message] };
    if (!(error instanceof TargetProblem)) throw error;
    lab.lost ??= error;
    return nothing;
  }
}

const inAll = (attempts: Attempt[], pick: (made: Attempt) => string[]): string[] => [
  ...new Set(attempts.flatMap(pick)),
];

/** By what each of them found itself; the tape they share. */
function countVerdicts(attempts: Attempt[], isUnsure: boolean): VerdictCount {
  const breached = attempts.filter(({ breaches }) => breaches.length > 0).length;
  const others = attempts.length - breached;
  return {
    breached,
    blocked: isUnsure ? 0 : others,
    inconclusive: isUnsure ? others : 0,
  };
}

/**
 * Of the attack's exchanges the last that ran a tool, or else the last; where ordinary use failed,
 * the last of that, and where a step of the attack did, that step. Documents that were read to judge an
 * answer do not count.
 */
function decisiveExchange(
  verdict: Verdict,
  failedIn: Exchange['role'],
  exchanges: Exchange[],
  tape: TapeEntry[],
): Exchange | undefined {
  const role = verdict === 'inconclusive' ? failedIn : 'attack';
  const all = exchanges.filter((exchange) => exchange.role === role);
  const others = all.filter(({ request }) => !request.path.startsWith('/.well-known/'));
  const candidates = others.length > 0 ? others : all;
  const executed = new Set(
    tape.filter(({ kind }) => kind === 'tool').map(({ requestId }) => requestId),
  );
  const harmful =
    verdict === 'breached'
      ? candidates.findLast(({ requestId }) => executed.has(requestId))
      : undefined;
  return harmful ?? candidates.at(-1);
}

export async function runUse(use: LegitimateUse, openSession: OpenSession): Promise<UseReport> {
  const lab = await openSession(use.instances);
  try {
    lab.role = 'control';
    let problems: string[];
    try {
      problems = await use.try(lab);
    } catch (error) {
      if (!(error instanceof TargetProblem || error instanceof StepFailed)) throw error;
      problems = [error.message];
    }
    const tape = await lab.tapeForPeople();
    return {
      useId: use.id,
      problems,
      faults: faultsIn(tape, lab),
      exchanges: lab.exchanges,
      replay: lab.replay,
      tape,
    };
  } finally {
    await lab.close().catch(() => undefined);
  }
}

/**
 * What a request that waited in vain would have done, nobody knows; nor whether code that never ends
 * kept it waiting, or a machine with too much else to do.
 */
export function unanswered(exchanges: Exchange[]): string[] {
  const silent = exchanges.filter((exchange) => exchange.role === 'attack' && isLate(exchange));
  const [first] = silent;
  if (!first) return [];
  const others = silent.length > 1 ? `, nor had ${silent.length - 1} others` : '';
  const waited = secondsWaited(first);
  return [`Too slow to tell: after ${waited} the request “${first.label}” had no answer${others}.`];
}

const isLate = ({ response: { failure } }: Exchange): boolean =>
  failure === NO_ANSWER_IN_TIME || failure === ANSWER_WITHOUT_END;

const secondsWaited = ({ response: { waitedMs = 0 } }: Exchange): string =>
  `${(waitedMs / 1000).toFixed(1)} s`;

async function ordinaryUse(
  attack: Attack,
  lab: TargetSession,
  when: 'before' | 'after',
): Promise<string[]> {
  const problems = await ordinaryCall(lab, when);
  if (!attack.ordinaryUse || problems.length > 0) return problems;
  lab.role = 'control';
  try {
    const found = await attack.ordinaryUse(lab);
    return found.map((problem) => `Ordinary use ${when} the attack failed: ${problem}`);
  } catch (error) {
    if (!(error instanceof TargetProblem || error instanceof StepFailed)) throw error;
    return [`Ordinary use ${when} the attack failed: ${error.message}`];
  } finally {
    lab.role = 'attack';
  }
}

/** One ordinary call of a user nobody else is; what went wrong with it, in sentences. */
async function ordinaryCall(lab: TargetSession, when: 'before' | 'after'): Promise<string[]> {
  lab.role = 'control';
  const label = `ordinary call ${when} the attack`;
  const token = await lab.mint();
  const args = { city: 'Paris', units: 'metric' };
  const reply = await lab.call('get_weather', args, { token, label });
  lab.role = 'attack';
  const problem = await whyNotServed(lab, reply);
  return problem ? [`The ${label} failed: ${problem}`] : [];
}

async function whyNotServed(lab: TargetSession, reply: LabReply): Promise<string | undefined> {
  if (reply.failure) {
    const exchange = lab.exchanges.find(({ requestId }) => requestId === reply.requestId);
    return exchange && isLate(exchange)
      ? `too slow to tell, there was no answer after ${secondsWaited(exchange)}.`
      : `there was no answer (${reply.failure}).`;
  }
  const { result } = (reply.json ?? {}) as { result?: { isError?: boolean } };
  if (reply.status !== 200 || !result) return `HTTP ${reply.status}, ${excerpt(reply.text)}`;
  if (result.isError) return `the tool answered with an error, ${excerpt(reply.text)}`;
  const executions = await lab.executions([reply]);
  return executions.length === 1 ? undefined : 'it was answered, but the tool never ran.';
}

function summarize(
  verdict: Verdict,
  { breaches, complaints }: Findings,
  problems: string[],
): string {
  switch (verdict) {
    case 'breached':
      return breaches[0] ?? '';
    case 'inconclusive':
      return `Nothing can be said: ${problems[0]}`;
    case 'blocked':
      return complaints.length === 0
        ? 'The attack had no effect, and ordinary use works.'
        : `The attack had no effect, but the answer is not what a client needs: ${complaints[0]}`;
  }
}

const faultsIn = (tape: TapeEntry[], lab: TargetSession): string[] => [
  ...new Set([
    ...faultsOn(tape),
    ...(lab.lost ? [lab.lost.message] : []),
    ...(lab.flood ? [lab.flood] : []),
  ]),
];

const excerpt = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 200 ? `${line.slice(0, 200)}…` : line || '(empty)';
};
