import type { ActionId } from '../actions/page-actions.ts';

/** In the order in which equally good finds are listed. */
export const commandKinds = [
  'page',
  'topic',
  'action',
  'term',
  'section',
  'attack',
  'use',
  'hint',
  'terminal',
] as const;
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
  /** Prose in which words may be found, of which the place is then shown. */
  body?: string;
  /** `copy`: a command for a terminal. Nothing: what it says is all. */
  does: { href: string } | { action: ActionId } | { copy: string } | { nothing: true };
}
