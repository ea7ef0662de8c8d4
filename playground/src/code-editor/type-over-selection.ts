import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/**
 * What is typed over a selection takes its place at once. Left to itself, Chrome writes the colour
 * of the selected text into a `style` attribute, which the page's security policy forbids.
 */
export const typeOverSelection: Extension = EditorView.domEventHandlers({
  beforeinput({ data, inputType, isComposing }, view) {
    const { state } = view;
    const isTyped = inputType === 'insertText' && data !== null && !isComposing;
    if (!isTyped || state.selection.main.empty) return false;
    view.dispatch(state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
    return true;
  },
});
