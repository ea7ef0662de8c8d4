import type { ActionId } from '../actions/page-actions.ts';

/** In the order in which equally good finds are listed. */
export const commandKinds = ['page', 'topic', 'action', 'section', 'attack', 'use'] as const;
export type CommandKind = (typeof commandKinds)[number];

/** Something to go to or to do. */
export interface Command {
  id: string;
  kind: CommandKind;
  /** With `backticks` around code. */
  title: string;
  /** Where it belongs. */
  detail: string;
  /** All that it is found by, in lower case; the title included. */
  text: string;
  does: { href: string } | { action: ActionId };
}
