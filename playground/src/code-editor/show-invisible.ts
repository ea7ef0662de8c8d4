import type { Extension } from '@codemirror/state';
import { highlightSpecialChars } from '@codemirror/view';
import hostile from '../text/hostile-text.module.css';
import { everyInvisible, splitInvisible } from '../../../shared/visible-text.ts';

/** Shows what would hide, reorder or imitate text, as it is shown everywhere on the page. */
export const showInvisible: Extension = highlightSpecialChars({
  specialChars: everyInvisible,
  render(code, description) {
    const shown = document.createElement('span');
    shown.className = hostile.escaped ?? '';
    shown.textContent = splitInvisible(String.fromCodePoint(code))[0]?.text ?? '';
    shown.title = description ?? '';
    return shown;
  },
});
