import { escapeMarkup } from '../escape-markup.ts';

/** Text that is HTML already. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | Html | Value[];

/** A template whose values are escaped, unless they are templates themselves. */
export const html = (parts: TemplateStringsArray, ...values: Value[]): Html =>
  new Html(parts.map((part, index) => part + render(values[index] ?? '')).join(''));

/** What stands in the workbook's own files, such as its style sheet. */
export const ours = (text: string): Html => new Html(text);

function render(value: Value): string {
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(render).join('');
  return escapeMarkup(String(value));
}
