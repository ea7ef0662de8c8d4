import { useEffect } from 'react';
import { findAction } from './find-action.ts';
import { perform } from './offered-actions.ts';
import { singleKeysAreOn } from './single-keys.ts';

/** Where characters are typed, or chosen by their first letter. */
const TYPING =
  'textarea, select, [contenteditable=""], [contenteditable="true"], [role="textbox"],' +
  'input:not([type="radio"], [type="checkbox"], [type="range"], [type="button"], [type="submit"])';

/** Listens for the keys of all actions. Inside a dialog, keys belong to the dialog. */
export function useActionKeys(): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      const focused = event.target instanceof Element ? event.target : undefined;
      if (focused?.closest('[role="dialog"], [role="alertdialog"]')) return;
      const { key, ctrlKey, metaKey, altKey, repeat } = event;
      const altGraph = event.getModifierState('AltGraph');
      const action = findAction(
        { key, ctrlKey, metaKey, altKey, repeat, altGraph },
        { typing: focused?.closest(TYPING) != null, singleKeys: singleKeysAreOn() },
      );
      if (action !== undefined && perform(action)) event.preventDefault();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
