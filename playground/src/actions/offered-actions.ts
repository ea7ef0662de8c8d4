/** Which actions the page offers at this moment, and who does them. */
import type { ActionId } from './page-actions.ts';

const offers = new Map<ActionId, (() => void)[]>();

/** @returns takes the offer back */
export function offerAction(id: ActionId, act: () => void): () => void {
  offers.set(id, [...(offers.get(id) ?? []), act]);
  return () => {
    const left = (offers.get(id) ?? []).filter((other) => other !== act);
    if (left.length > 0) offers.set(id, left);
    else offers.delete(id);
  };
}

export const isOffered = (id: ActionId): boolean => offers.has(id);

/** Of several offers the latest counts. False if there is none. */
export function perform(id: ActionId): boolean {
  const act = offers.get(id)?.at(-1);
  act?.();
  return act !== undefined;
}
