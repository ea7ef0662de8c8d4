import { allActions, type ActionId } from './page-actions.ts';

/** What is looked at of a `KeyboardEvent`. */
export interface PressedKey {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat: boolean;
  /** `AltGraph` types a character, such as `[` on a German keyboard. */
  altGraph: boolean;
}

interface Circumstances {
  /** The focus is where characters are typed. */
  typing: boolean;
  singleKeys: boolean;
}

/** The action of a key, if it has one here. */
export function findAction(
  pressed: PressedKey,
  { typing, singleKeys }: Circumstances,
): ActionId | undefined {
  if (pressed.repeat) return undefined;
  const mod = (pressed.ctrlKey || pressed.metaKey) && !pressed.altGraph;
  if (pressed.altKey && !pressed.altGraph) return undefined;
  return allActions.find(({ keys }) => {
    if (keys === undefined || keys.key.toLowerCase() !== pressed.key.toLowerCase()) return false;
    if (keys.mod) return mod;
    return !mod && singleKeys && !typing;
  })?.id;
}
