/** What a language server knows, in the editor: what fits here, what this is, and what is wrong. */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { Prec, StateEffect, StateField, type Extension } from '@codemirror/state';
import {
  type EditorView,
  hoverTooltip,
  keymap,
  showTooltip,
  ViewPlugin,
  type Tooltip,
} from '@codemirror/view';
import { visibleText } from '../../../shared/visible-text.ts';
import type { CodeCompletion, CodeProblem } from '../../lab-api.ts';
import type { CodeInsight } from './code-editor-props.ts';

/** A name or a member is being written. */
const WORTH_ASKING = /(?:[\w$]|\.)$/;
const LONGEST_EXPLANATION = 4_000;
/** After the last letter. */
const PROBLEMS_AFTER_MS = 600;

/** @param onProblems is told what is wrong with the text that is shown, again after every change */
export function insightExtension(
  insight: CodeInsight,
  onProblems: (problems: readonly CodeProblem[]) => void,
): Extension {
  return [
    autocompletion({ override: [(context) => complete(insight, context)], maxRenderedOptions: 60 }),
    hoverTooltip((view, offset) => explain(insight, view, offset), { hideOnChange: true }),
    askedFor,
    Prec.high(keymap.of([{ key: 'Mod-i', run: (view) => explainAtCursor(insight, view) }])),
    problemWatch(insight, onProblems),
  ];
}

/** What was asked for by key stays until the cursor moves; the package's own hover goes sooner. */
const showAskedFor = StateEffect.define<Tooltip | null>();
const askedFor = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, { docChanged, selection, effects }) {
    const asked = effects.find((effect) => effect.is(showAskedFor));
    if (asked) return asked.value;
    return docChanged || selection ? null : shown;
  },
  provide: (field) => showTooltip.from(field),
});

function explainAtCursor(insight: CodeInsight, view: EditorView): true {
  const { head } = view.state.selection.main;
  const { doc } = view.state;
  void explain(insight, view, head).then((tooltip) => {
    const isThere = view.state.doc === doc && view.state.selection.main.head === head;
    if (isThere) view.dispatch({ effects: showAskedFor.of(tooltip) });
  });
  return true;
}

async function complete(
  insight: CodeInsight,
  context: CompletionContext,
): Promise<CompletionResult | null> {
  const { state, pos, explicit } = context;
  const line = state.doc.lineAt(pos);
  if (!explicit && !WORTH_ASKING.test(line.text.slice(0, pos - line.from))) return null;
  const leaving = new AbortController();
  context.addEventListener('abort', () => leaving.abort());
  const found = await quietly(insight.complete(state.doc.toString(), pos, leaving.signal));
  if (!found) return null;
  return {
    from: found.from,
    options: found.options.map(optionOf),
    ...(found.isComplete && { validFor: /^[\w$]*$/ }),
  };
}

const optionOf = ({ label, insert, kind, detail }: CodeCompletion, index: number): Completion => ({
  label: visibleText(label, 200),
  apply: insert ?? label,
  type: kind,
  // In the order of the language server, as far as this counts.
  boost: Math.max(-99, 99 - index),
  ...(detail !== undefined && { detail: visibleText(detail, 200) }),
});

async function explain(
  insight: CodeInsight,
  view: EditorView,
  offset: number,
): Promise<Tooltip | null> {
  const found = await quietly(insight.explain(view.state.doc.toString(), offset));
  if (!found) return null;
  return {
    pos: found.from,
    end: found.to,
    above: true,
    create() {
      const dom = document.createElement('div');
      dom.className = 'cm-explanation';
      dom.setAttribute('role', 'status');
      dom.textContent = visibleText(found.text, LONGEST_EXPLANATION);
      return { dom };
    },
  };
}

/** Asks once the learner rests, and drops an answer to a text that is no longer shown. */
const problemWatch = (
  insight: CodeInsight,
  onProblems: (problems: readonly CodeProblem[]) => void,
): Extension =>
  ViewPlugin.define((view) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asking: AbortController | undefined;
    function askSoon(): void {
      clearTimeout(timer);
      asking?.abort();
      timer = setTimeout(() => void ask(), PROBLEMS_AFTER_MS);
    }
    async function ask(): Promise<void> {
      const asked = new AbortController();
      asking = asked;
      const text = view.state.doc.toString();
      const problems = await quietly(insight.findProblems(text, asked.signal));
      if (!asked.signal.aborted && problems) onProblems(problems);
    }
    askSoon();
    return {
      update({ docChanged }) {
        if (docChanged) askSoon();
      },
      destroy() {
        clearTimeout(timer);
        asking?.abort();
      },
    };
  });

/** One can write without an answer. */
const quietly = <T>(answer: Promise<T>): Promise<T | undefined> => answer.catch(() => undefined);
