/**
 * What can be done with a key or from the palette: the one list of all keys. A component offers an
 * action with `usePageAction`; `use-action-keys.ts` listens for the keys, and the dialog shows them.
 */
export interface KeyCombination {
  /** As in `KeyboardEvent.key`. */
  key: string;
  /** With Ctrl, or Command. Without it, the key is a single one, which can be switched off. */
  mod?: true;
}

export interface PageAction {
  title: string;
  keys?: KeyCombination;
  /** Where the action is offered, if not everywhere. */
  where?: string;
}

export const pageActions = {
  palette: { title: 'Search, and go anywhere', keys: { mod: true, key: 'k' } },
  fire: {
    title: 'Fire, or run again',
    keys: { mod: true, key: 'Enter' },
    where: 'where something is fired or checked',
  },
  save: {
    title: 'Save your file',
    keys: { mod: true, key: 's' },
    where: 'while a file of yours is open',
  },
  console: { title: 'Go to the attack console' },
  attacks: { title: 'Attack', keys: { key: 'a' }, where: 'in a topic' },
  files: { title: 'Your files', keys: { key: 'e' }, where: 'in a topic' },
  checks: { title: 'Checks', keys: { key: 'c' }, where: 'in a topic' },
  full: { title: 'Full width for them, and back', keys: { key: 'f' }, where: 'in a topic' },
  previousAttack: { title: 'Previous attack', keys: { key: 'k' }, where: 'in a topic' },
  nextAttack: { title: 'Next attack', keys: { key: 'j' }, where: 'in a topic' },
  previousSection: { title: 'Previous section', keys: { key: ',' }, where: 'in a lesson' },
  nextSection: { title: 'Next section', keys: { key: '.' }, where: 'in a lesson' },
  previous: { title: 'Previous topic', keys: { key: '[' }, where: 'in a lesson' },
  next: { title: 'Next topic', keys: { key: ']' }, where: 'in a lesson' },
  goOn: { title: 'Go on to the next step', keys: { key: 'n' }, where: 'once a topic has passed' },
  print: { title: 'Print this lesson' },
  systemTheme: { title: 'Theme of the system' },
  lightTheme: { title: 'Light theme' },
  darkTheme: { title: 'Dark theme' },
  keys: { title: 'Show the keys', keys: { key: '?' } },
} as const satisfies Record<string, PageAction>;

export type ActionId = keyof typeof pageActions;

export const allActions: readonly (PageAction & { id: ActionId })[] = (
  Object.keys(pageActions) as ActionId[]
).map((id) => ({ id, ...pageActions[id] }));
