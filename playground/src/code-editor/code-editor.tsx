import { lazy, Suspense } from 'react';
import type { CodeEditorProps } from './code-editor-props.ts';
import { FallbackBoundary } from './fallback-boundary.tsx';
import { PlainEditor } from './plain-editor.tsx';

const LoadedEditor = lazy(async () => ({
  default: (await import('./code-mirror.tsx')).CodeMirror,
}));

/** An editor for code. It is loaded when it is needed; if that fails, a plain field does its work. */
export function CodeEditor(props: CodeEditorProps) {
  return (
    <FallbackBoundary fallback={<PlainEditor {...props} />}>
      <Suspense fallback={<PlainEditor {...props} readOnly />}>
        <LoadedEditor {...props} />
      </Suspense>
    </FallbackBoundary>
  );
}
