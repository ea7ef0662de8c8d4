/** Walks a flow at one target, with some of its steps spoiled. */
import { curriculum } from '../../catalogue/curriculum.ts';
import type { TapeEntry } from '../../exercises/weather-server/world/tape.ts';
import { faultsOn } from '../../lab/faults-on.ts';
import { StepFailed } from '../../lab/protocol.ts';
import { TargetProblem } from '../../lab/target-process.ts';
import type { TargetSession } from '../../lab/target-session.ts';
import { flowOf } from './flows.ts';
import type { FlowId, FlowWalk, Refusal, WalkedStep } from './shared.ts';
import { beginSignIn } from './walk-sign-in.ts';
import { beginThirdParty } from './walk-third-party.ts';
import type { StepResult, Walker } from './walker.ts';

/** `on`: ids of the switches that are on. What happens before the first step is not part of the walk. */
const beginnings: Record<
  FlowId,
  (lab: TargetSession, on: ReadonlySet<string>) => Walker | Promise<Walker>
> = { 'sign-in': beginSignIn, 'third-party': beginThirdParty };

/** `switches` are ids of sabotages; unknown ones are ignored. */
export async function walkFlow(
  lab: TargetSession,
  id: FlowId,
  switches: string[],
): Promise<FlowWalk> {
  const { steps, sabotages } = flowOf(id);
  const on = new Set(switches);
  const walked: WalkedStep[] = [];
  let walker: Walker | undefined;
  let isOver = false;
  for (const step of steps) {
    const active = sabotages.filter((one) => one.step === step.id && on.has(one.id));
    const spoiled = active.map((one) => one.id);
    if (isOver) {
      walked.push(notReached(step.id, spoiled));
      continue;
    }
    let from = lab.exchanges.length;
    let result: StepResult | undefined;
    try {
      walker ??= await beginnings[id](lab, on);
      from = lab.exchanges.length;
      result = await walker[step.id]?.();
      if (!result) throw new Error(`nobody takes the step ${step.id}`);
    } catch (error) {
      if (error instanceof TargetProblem) lab.lost ??= error;
      else if (!(error instanceof StepFailed)) throw error;
      result = { outcome: 'failed', summary: error.message, ends: true };
    }
    const { ends = false, carried = [], remarks = [], prevented = [], ...said } = result;
    isOver = ends;
    const exchanges = lab.exchanges.slice(from);
    const ids = new Set(exchanges.map(({ requestId }) => requestId));
    const tape = (await lab.tape()).filter(({ requestId }) => ids.has(requestId));
    const refusals = [...prevented, ...refusalsOn(tape)].map((refusal): Refusal => ({
      ...refusal,
      topic: topicOf(refusal.control),
    }));
    walked.push({
      id: step.id,
      sabotages: spoiled,
      ...said,
      exchanges,
      tape,
      carried,
      refusals,
      remarks,
    });
  }
  return { steps: walked, faults: faultsOn(await lab.tape()) };
}

const notReached = (id: string, spoiled: string[]): WalkedStep => ({
  id,
  outcome: 'not-reached',
  sabotages: spoiled,
  summary: 'The walk ended before this step.',
  exchanges: [],
  tape: [],
  carried: [],
  refusals: [],
  remarks: [],
});

function refusalsOn(tape: TapeEntry[]): Omit<Refusal, 'topic'>[] {
  return tape.flatMap((entry) => {
    if (entry.kind === 'refusal') return [{ control: entry.control, reason: entry.reason }];
    return entry.kind === 'token' && entry.decision === 'refused'
      ? [{ control: 'verifyAccessToken', reason: entry.detail }]
      : [];
  });
}

/** `createGrantStore → redeemCode` is a method of what the first word names. */
const topicOf = (control: string): string | undefined =>
  curriculum.find(({ controls }) => (control.split(' ')[0] ?? '') in controls)?.slug;
