/** CodeMirror as a component. Loaded on its own: see `code-editor.tsx`. */
import { isolateHistory } from '@codemirror/commands';
import { setDiagnostics } from '@codemirror/lint';
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { changesBetween } from './changes-between.ts';
import type { CodeProblem } from '../../lab-api.ts';
import type { CodeEditorProps } from './code-editor-props.ts';
import styles from './code-mirror.module.css';
import { diagnosticsOf, typeDiagnosticsOf } from './diagnostics.ts';
import { extensionsFor } from './extensions.ts';
import { loadLanguage } from './languages.ts';

/** Marks what the page put into the editor, as opposed to the learner. */
const fromPage = Annotation.define<true>();

export function CodeMirror(props: CodeEditorProps) {
  const { text, marks, onChange, kind, language, insight } = props;
  const host = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<EditorView>();
  const [colours] = useState(() => new Compartment());
  const [attributes] = useState(() => new Compartment());
  const [knowing] = useState(() => new Compartment());
  const [problems, setProblems] = useState<readonly CodeProblem[]>([]);
  const { labelledBy, describedBy, invalid = false } = props;

  // At once: if the page were a keystroke behind, it would take that keystroke back.
  const report = useEffectEvent((written: string) => flushSync(() => onChange(written)));
  const make = useEffectEvent((parent: HTMLElement): EditorView => {
    const listener = EditorView.updateListener.of(({ docChanged, transactions, state }) => {
      const own = transactions.some((transaction) => transaction.annotation(fromPage));
      if (docChanged && !own) report(state.doc.toString());
    });
    const extensions = [
      extensionsFor(kind),
      colours.of([]),
      attributes.of([]),
      knowing.of([]),
      listener,
    ];
    return new EditorView({ parent, state: EditorState.create({ doc: text, extensions }) });
  });

  useLayoutEffect(() => {
    if (!host.current) return undefined;
    const made = make(host.current);
    setView(made);
    return () => made.destroy();
  }, []);

  useLayoutEffect(() => {
    if (!view || view.state.doc.toString() === text) return;
    const changes = changesBetween(view.state.doc.toString(), text);
    view.dispatch({ changes, annotations: [fromPage.of(true), isolateHistory.of('full')] });
  }, [view, text]);

  useLayoutEffect(() => {
    const extension = attributesOf(labelledBy, describedBy, invalid);
    view?.dispatch({ effects: attributes.reconfigure(extension) });
  }, [view, attributes, labelledBy, describedBy, invalid]);

  useLayoutEffect(() => {
    if (!view) return;
    const diagnostics = [
      ...diagnosticsOf(view.state, marks ?? []),
      ...typeDiagnosticsOf(view.state, problems),
    ];
    view.dispatch(setDiagnostics(view.state, diagnostics));
  }, [view, marks, problems]);

  useEffect(() => {
    let gone = false;
    const show = (extension: Extension): void => {
      if (!gone) view?.dispatch({ effects: colours.reconfigure(extension) });
    };
    // Without it, the text has one colour.
    loadLanguage(language).then(show, () => undefined);
    return () => {
      gone = true;
    };
  }, [view, colours, language]);

  useEffect(() => {
    if (!view || !insight) return undefined;
    let gone = false;
    // Without it, one writes as in any plain editor.
    import('./insight.ts').then(
      ({ insightExtension }) => {
        if (gone) return;
        view.dispatch({ effects: knowing.reconfigure(insightExtension(insight, setProblems)) });
      },
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [view, knowing, insight]);

  return <div ref={host} className={styles[kind]} data-invalid={invalid || undefined} dir="ltr" />;
}

function attributesOf(
  labelledBy: string,
  describedBy: string | undefined,
  invalid: boolean,
): Extension {
  return EditorView.contentAttributes.of({
    'aria-labelledby': labelledBy,
    'aria-invalid': String(invalid),
    ...(describedBy === undefined ? {} : { 'aria-describedby': describedBy }),
  });
}
