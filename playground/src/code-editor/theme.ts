import { EditorView } from '@codemirror/view';

/** The editor's own parts in the colours of the page, which follow its theme. */
export const theme = EditorView.theme({
  '&': { backgroundColor: 'var(--code)', color: 'var(--text)', fontSize: 'var(--size-label)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '2px' },
  '.cm-scroller': { fontFamily: 'var(--font-code)', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--text)', padding: 'var(--space-2) 0' },
  '.cm-line': { padding: '0 var(--space-3)', overflowWrap: 'anywhere' },
  '.cm-gutters': {
    backgroundColor: 'var(--code)',
    color: 'var(--muted)',
    borderInlineEnd: '1px solid var(--line)',
  },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--accent-soft)',
    outline: '1px solid var(--accent)',
  },
  '&.cm-focused .cm-nonmatchingBracket': {
    backgroundColor: 'var(--breached-soft)',
    outline: '1px solid var(--breached)',
  },
  '.cm-searchMatch, .cm-selectionMatch': { backgroundColor: 'var(--inconclusive-soft)' },
  '.cm-searchMatch-selected': { outline: '1px solid var(--inconclusive)' },
  '.cm-panels, .cm-panels-top, .cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    borderColor: 'var(--line)',
  },
  '.cm-panels-top': { borderRadius: 'var(--radius) var(--radius) 0 0' },
  '.cm-panel.cm-search, .cm-panel.cm-gotoLine': {
    fontSize: 'var(--size-label)',
    padding: 'var(--space-2) var(--space-6) var(--space-2) var(--space-2)',
  },
  '.cm-panel.cm-search label': { fontSize: 'inherit' },
  '.cm-textfield': {
    backgroundColor: 'var(--page)',
    color: 'var(--text)',
    border: '1px solid var(--line-strong)',
    fontSize: 'inherit',
  },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--line-strong)',
    fontSize: 'inherit',
    '&:active': { backgroundImage: 'none' },
  },
  '.cm-panel button[name=close]': { color: 'inherit', fontSize: '1.25rem' },
  '.cm-panel.cm-panel-lint ul [aria-selected], .cm-panel.cm-panel-lint ul:focus [aria-selected]': {
    backgroundColor: 'var(--accent-soft)',
    color: 'var(--text)',
  },
  '.cm-explanation': {
    maxBlockSize: '16rem',
    overflow: 'auto',
    padding: 'var(--space-2) var(--space-3)',
    overflowWrap: 'anywhere',
    whiteSpace: 'pre-wrap',
    fontFamily: 'var(--font-code)',
    fontSize: 'var(--size-small)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-code)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent-soft)',
    color: 'var(--text)',
  },
  '.cm-diagnostic': { overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' },
  '.cm-diagnostic-error': { borderInlineStart: '4px solid var(--breached)' },
  '.cm-diagnostic-warning': { borderInlineStart: '4px solid var(--inconclusive)' },
  '.cm-tooltip': { border: '1px solid var(--line-strong)', maxInlineSize: 'min(40rem, 90vw)' },
});
