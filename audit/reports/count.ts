import { GRAVITIES } from '../classification.ts';
import type { JudgedItem } from '../audit-server.ts';
import type { State } from '../requirement.ts';

export const ofState = (items: readonly JudgedItem[], state: State): JudgedItem[] =>
  items.filter((item) => item.state === state);

/** `3 failed (2 high, 1 low), 40 passed, 22 cannot be told, 9 do not apply` */
export function countsOf(items: readonly JudgedItem[]): string {
  const failed = ofState(items, 'fail');
  const grave = GRAVITIES.flatMap((gravity) => {
    const count = failed.filter((item) => item.gravity === gravity).length;
    return count === 0 ? [] : [`${count} ${gravity}`];
  });
  const [passed, open, other] = (['pass', 'cannot-tell', 'not-applicable'] as const).map(
    (state) => ofState(items, state).length,
  );
  const how = grave.length === 0 ? '' : ` (${grave.join(', ')})`;
  return `${failed.length} failed${how}, ${passed} passed, ${open} cannot be told, ${other} do not apply`;
}

/** What fails, the gravest first, and what is known last; among the same, as in the checklist. */
export const failuresFirst = (items: readonly JudgedItem[]): JudgedItem[] => {
  const failed = ofState(items, 'fail');
  const fresh = GRAVITIES.flatMap((gravity) =>
    failed.filter((item) => item.gravity === gravity && !item.isKnown),
  );
  return [...fresh, ...failed.filter(({ isKnown }) => isKnown)];
};

/** Items that say the same, together. */
export function byEvidence(items: readonly JudgedItem[]): { evidence: string; ids: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const { evidence, id } of items) groups.set(evidence, [...(groups.get(evidence) ?? []), id]);
  return [...groups].map(([evidence, ids]) => ({ evidence, ids }));
}

/** In the order of the checklist. */
export const inGroups = (items: readonly JudgedItem[]): [string, JudgedItem[]][] =>
  [...new Set(items.map(({ group }) => group))].map((group) => [
    group,
    items.filter((item) => item.group === group),
  ]);

export const TOKEN_WORDS = {
  none: 'none',
  accepted: 'accepted',
  'not accepted': 'not accepted',
  'not asked for': 'sent, and the server answers without one as well',
  withheld: 'not sent: others could read the connection',
} as const;
