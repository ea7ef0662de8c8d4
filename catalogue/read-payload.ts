import { z } from 'zod';
import type { Attack } from '../lab/attack.ts';

/** A payload that somebody wrote by hand cannot be fired. The message is for people. */
export class PayloadProblem extends Error {
  override readonly name = 'PayloadProblem';
}

/** Reads JSON text as a payload of an attack; throws `PayloadProblem` if it is none. */
export function readPayload(attack: Attack, text: string): unknown {
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch (error) {
    throw new PayloadProblem(`This is not JSON: ${(error as Error).message}`);
  }
  const parsed = attack.payload.safeParse(payload);
  if (parsed.success) return payload;
  throw new PayloadProblem(
    `This payload does not fit the attack. ${z.prettifyError(parsed.error)}`,
  );
}
