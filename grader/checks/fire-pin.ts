import type { Attack } from '../../lab/attack.ts';
import { explainAttack } from '../explain.ts';
import type { Lab } from '../../lab/lab.ts';
import { passes } from '../passes.ts';
import type { Pin } from '../progress/progress.ts';
import { PayloadProblem, readPayload } from '../../catalogue/read-payload.ts';
import type { TargetSpec } from '../../lab/target-spec.ts';
import type { CheckOutcome } from './check-outcome.ts';

const A_FIND =
  'The reference does not withstand this payload of yours. Unless the payload does nothing wrong, that is a find: please report it.';

/**
 * Fires a payload that the learner has pinned. One that no longer fits its attack fails as well: it
 * was pinned to be fired, and was not.
 */
export async function firePin(
  slug: string,
  attack: Attack,
  pin: Pin,
  target: TargetSpec,
  lab: Lab,
): Promise<CheckOutcome> {
  let payload: unknown;
  try {
    payload = readPayload(attack, pin.payload);
  } catch (error) {
    if (!(error instanceof PayloadProblem)) throw error;
    const findings = [
      error.message,
      'The attack takes other payloads than when you pinned this one, so it was not fired.',
      `Unpin it, or pin a new one in its place: npm start, then #/attack/${attack.id}`,
    ];
    const explanation = { findings, facts: [] };
    return { passed: false, reason: error.message, explanation, signature: 'does not fit' };
  }
  const report = await lab.fire(target, attack, `pinned: ${pin.name}`, payload);
  if (passes(report)) return { passed: true };
  const { verdict, summary } = report;
  const { findings, facts } = explainAttack(slug, attack, report);
  const isFind = target.kind === 'reference' && verdict === 'breached';
  return {
    passed: false,
    reason: `${verdict}. ${summary}`,
    explanation: { findings: [...(isFind ? [A_FIND] : []), ...findings], facts },
    signature: verdict,
  };
}
