/** Attacks that are fired in both revisions of MCP, because somebody might guard one of them only. */
import { z } from 'zod';
import type { Attack } from '../../lab/attack.ts';
import { REVISIONS } from '../../lab/message-of.ts';

/**
 * Gives some of the attacks one payload more, which is fired in the form of 2026-07-28. It is for
 * attacks that send their messages by `call` and `ask`, or look at `lab.revision` themselves.
 *
 * @param chosen id of an attack -> the variant that is fired in the other form as well
 */
export function inBothRevisions(attacks: Attack[], chosen: Record<string, string>): Attack[] {
  const unknown = Object.keys(chosen).find((id) => !attacks.some((attack) => attack.id === id));
  if (unknown !== undefined) throw new Error(`There is no attack ${unknown} in this list.`);
  return attacks.map((attack) => {
    const variant = chosen[attack.id];
    return variant === undefined ? attack : withStatelessVariant(attack, variant);
  });
}

function withStatelessVariant(attack: Attack, variant: string): Attack {
  const { id, payload, variants } = attack;
  const sent = variants[variant];
  if (!(payload instanceof z.ZodObject) || typeof sent !== 'object') {
    throw new TypeError(`${id} has no variant “${variant}” whose payload is an object.`);
  }
  return {
    ...attack,
    payload: payload.extend({ revision: z.enum(REVISIONS).optional() }),
    variants: { ...variants, [`${variant}, in 2026-07-28`]: { ...sent, revision: '2026-07-28' } },
    fire(withRevision, lab) {
      const { revision, ...rest } = withRevision as { revision?: (typeof REVISIONS)[number] };
      lab.revision = revision ?? '2025-11-25';
      return attack.fire(rest, lab);
    },
  };
}
