/** What the editors can do, apart from what comes and goes. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, Prec, type Extension } from '@codemirror/state';
import { EditorView, keymap, lineNumbers, type KeyBinding } from '@codemirror/view';
import type { CodeEditorProps } from './code-editor-props.ts';
import { colours } from './colours.ts';
import { leaveByTab } from './leave-by-tab.ts';
import { showInvisible } from './show-invisible.ts';
import { theme } from './theme.ts';
import { typeOverSelection } from './type-over-selection.ts';

/** The page fires an attack with it. */
const TAKEN: KeyBinding['key'][] = ['Mod-Enter'];
const commands = defaultKeymap.filter(({ key }) => !TAKEN.includes(key));

export function extensionsFor(kind: CodeEditorProps['kind']): Extension {
  return [
    ownStyleSheet(),
    theme,
    colours,
    showInvisible,
    typeOverSelection,
    history(),
    bracketMatching(),
    indentOnInput(),
    indentUnit.of('  '),
    EditorState.tabSize.of(2),
    EditorView.contentAttributes.of({ spellcheck: 'false', autocapitalize: 'off', tabindex: '0' }),
    keymap.of([...commands, ...historyKeymap]),
    // A line of a file is read as it is; a payload is seen whole.
    kind === 'file' ? forFiles : EditorView.lineWrapping,
  ];
}

const forFiles: Extension = [
  lineNumbers(),
  lintGutter(),
  search({ top: true }),
  highlightSelectionMatches(),
  leaveByTab,
  Prec.high(keymap.of([...searchKeymap, ...lintKeymap])),
  keymap.of([indentWithTab]),
];

/** The page's security policy lets style sheets with this nonce in, and no other. */
function ownStyleSheet(): Extension {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content;
  return nonce === undefined ? [] : EditorView.cspNonce.of(nonce);
}
