import type { Silence } from '../polite-client.ts';
import { documentIn } from '../read-seen.ts';
import { cannotTell, fail, pass, type Judgement } from '../requirement.ts';
import { FOREIGN_HOST, type Answer, type Seen } from '../seen.ts';

const POISONED = ['metadata', 'server metadata', 'challenge'] as const;

/** Whether what a request says about the host comes back in a document, or where that is looked for. */
export const comesFromConfiguration = (seen: Seen): Judgement => {
  const probes = POISONED.flatMap((what) =>
    (['foreign', 'forwarded'] as const).map((kind) => `${what} for a ${kind} host` as const),
  );
  const poisoned = probes.find((probe) => repeatsForeignHost(seen.answers[probe]));
  if (poisoned !== undefined) return fail(`The ${poisoned} sends clients to that host.`);
  const silent = probes.map((probe) => seen.answers[probe]).filter(isSilence);
  const [first] = silent;
  return first && silent.length === probes.length
    ? cannotTell(first.why)
    : pass(
        'Documents and challenge were the same, or refused, for foreign names in Host and X-Forwarded-Host.',
      );
};

const isSilence = (answer: Answer): answer is Silence => answer.kind === 'silence';

/**
 * Whether a document, or the challenge of a 401, repeats the foreign host. Any other refusal may name
 * it; nobody follows that.
 */
const repeatsForeignHost = (answer: Answer): boolean => {
  if (answer.kind === 'silence') return false;
  const challenge = answer.status === 401 ? (answer.headers['www-authenticate'] ?? '') : '';
  return (
    challenge.includes(FOREIGN_HOST) ||
    (documentIn(answer) !== undefined && answer.body.includes(FOREIGN_HOST))
  );
};
