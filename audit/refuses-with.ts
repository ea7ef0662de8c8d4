import { errorIn } from './json-rpc.ts';
import type { Reply } from './polite-client.ts';
import {
  cannotTell,
  describe,
  fail,
  isUnrelated,
  pass,
  quote,
  type Judgement,
} from './requirement.ts';

/** Whether this is a refusal with exactly this status and code. */
export function refusal(reply: Reply, status: number, code: number): Judgement {
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
}
