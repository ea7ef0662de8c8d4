/**
 * Calls of a limiter at moments of the virtual clock, to the millisecond. Over HTTP some real time
 * lies between two calls, and hides whatever is wrong by less than that.
 */
import { randomUUID } from 'node:crypto';
import type {
  LimitDecision,
  RateLimiter,
  SecurityControls,
  ToolCall,
} from '../../exercises/weather-server/controls.ts';
import type { LimiterAnswer, LimiterStep } from '../protocol.ts';
import { ContractError } from '../controls/hold-to-contract.ts';
import { advanceTo, withClockHeld } from './clock.ts';

export interface AskedLimiter {
  limiter: RateLimiter;
  buildResult: SecurityControls['buildRateLimitedResult'];
  issuer: string;
}

/** A store may take its time, in milliseconds of the virtual clock. */
const MOST_MS_FOR_A_DECISION = 5_000;

export function askLimiter(
  { limiter, buildResult, issuer }: AskedLimiter,
  steps: LimiterStep[],
): Promise<LimiterAnswer[]> {
  return withClockHeld(async () => {
    const answers: LimiterAnswer[] = [];
    for (const step of steps) {
      advanceTo(step.at);
      const ask = (calls: number): Promise<LimitDecision[]> =>
        decided(Array.from({ length: calls }, () => limiter.check(callOf(step, issuer))));
      const decisions = step.untilRefused
        ? await untilRefused(step.calls, async () => ask(1))
        : await ask(step.calls);
      const refused = decisions.flatMap((decision) => (decision.allowed ? [] : [decision]));
      answers.push({
        at: Date.now(),
        allowed: decisions.length - refused.length,
        refusals: refused.map(({ retryAfterMs }) => buildResult(retryAfterMs)),
      });
    }
    return answers;
  });
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function untilRefused(
  most: number,
  askOnce: () => Promise<LimitDecision[]>,
): Promise<LimitDecision[]> {
  const decisions: LimitDecision[] = [];
  while (decisions.length < most && decisions.at(-1)?.allowed !== false) {
    decisions.push(...(await askOnce()));
  }
  return decisions;
}

/** Lets time pass only if decisions need it: first come those that wait for nothing. */
async function decided(
  asked: (LimitDecision | Promise<LimitDecision>)[],
): Promise<LimitDecision[]> {
  const decisions = Promise.all(asked.map(async (decision) => decision));
  if (!asked.some((decision) => decision instanceof Promise)) return decisions;
  const progress = { over: false };
  const end = (): void => void (progress.over = true);
  decisions.then(end, end);
  for (let turn = 0; turn < MOST_MS_FOR_A_DECISION; turn++) {
    await nextTurn();
    if (progress.over) return decisions;
    if (turn > 2) advanceTo(Date.now() + 1);
  }
  throw new ContractError(
    `createRateLimiter(…).check(…) took more than ${MOST_MS_FOR_A_DECISION / 1000} seconds of the server’s time for a decision.`,
  );
}

function callOf({ subject, tool }: LimiterStep, issuer: string): ToolCall {
  return {
    requestId: randomUUID(),
    tool,
    arguments: {},
    actor: { issuer, subject, clientId: 'workbook', scopes: [] },
    token: `token of ${subject}`,
    ip: '127.0.0.1',
    headers: {},
  };
}
