import { errorIn } from './json-rpc.ts';
import {
  cannotTell,
  describe,
  fail,
  isUnrelated,
  judgeAnswer,
  pass,
  quote,
} from './requirement.ts';
import type { Probe } from './seen.ts';

/** A refusal with exactly this status and code. */
export const refusesWith = (probe: Probe, status: number, code: number) =>
  judgeAnswer(probe, (reply) => {
    const seen = errorIn(reply)?.code;
    if (isUnrelated(reply) || [401, 403].includes(reply.status)) {
      return cannotTell(`It answered ${describe(reply)}.`);
    }
    const said =
      seen === undefined
        ? 'no error code'
        : `the error code ${typeof seen === 'number' ? seen : quote(seen)}`;
    return reply.status === status && seen === code
      ? pass(`It answered HTTP ${status} with the error code ${code}.`)
      : fail(`It answered ${describe(reply)} with ${said}.`);
  });
