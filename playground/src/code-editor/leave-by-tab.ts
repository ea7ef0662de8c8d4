import { Prec, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph']);

/** After Escape, Tab moves on instead of indenting, until something else is pressed. */
export const leaveByTab: Extension = Prec.highest(
  EditorView.domEventHandlers({
    keydown({ key }, view) {
      if (key === 'Escape') view.setTabFocusMode(true);
      else if (key !== 'Tab' && !MODIFIERS.has(key)) view.setTabFocusMode(false);
      return false;
    },
    blur(_event, view) {
      view.setTabFocusMode(false);
    },
  }),
);
