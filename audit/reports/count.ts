import type { JudgedItem } from '../audit-server.ts';
import type { State } from '../requirement.ts';

const countOf = (items: readonly JudgedItem[], state: State): number =>
  items.filter((item) => item.state === state).length;

/** `3 failed, 40 passed, 22 cannot be told, 9 do not apply` */
export const countsOf = (items: readonly JudgedItem[]): string =>
  `${countOf(items, 'fail')} failed, ${countOf(items, 'pass')} passed, ${countOf(items, 'cannot-tell')} cannot be told, ${countOf(items, 'not-applicable')} do not apply`;

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
