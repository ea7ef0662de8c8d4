import { syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tagHighlighter, tags } from '@lezer/highlight';
import styles from './colours.module.css';

const classes = (names: Record<string, string | undefined>) => names;
const { keyword, string, comment, name, value, type } = classes(styles);

/** Colours by class, so that the themes of the page are the themes of the code. */
export const colours: Extension = syntaxHighlighting(
  tagHighlighter([
    { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], class: keyword ?? '' },
    { tag: [tags.string, tags.regexp, tags.special(tags.string)], class: string ?? '' },
    { tag: tags.comment, class: comment ?? '' },
    {
      tag: [tags.function(tags.variableName), tags.function(tags.propertyName)],
      class: name ?? '',
    },
    { tag: [tags.number, tags.bool, tags.null, tags.self], class: value ?? '' },
    { tag: [tags.typeName, tags.className], class: type ?? '' },
  ]),
);
