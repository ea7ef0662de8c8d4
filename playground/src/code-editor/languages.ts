import type { Extension } from '@codemirror/state';
import type { CodeEditorProps } from './code-editor-props.ts';

const loaders: Record<CodeEditorProps['language'], () => Promise<Extension>> = {
  json: async () => (await import('@codemirror/lang-json')).json(),
  typescript: async () =>
    (await import('@codemirror/lang-javascript')).javascript({ typescript: true }),
};

export const loadLanguage = (language: CodeEditorProps['language']): Promise<Extension> =>
  loaders[language]();
