/**
 * Which characters are shown as escapes, decided once for terminal, files and page. It needs neither
 * Node nor a browser.
 *
 * What is quoted here is evidence and must not be ambiguous, so one rule holds everywhere and looks at
 * no neighbours: what takes no ink, moves what stands around it, or is no character is written as its
 * code point. That is hard on honest text too: the variation selector of an emoji and the joiner in a
 * name are escaped as well, because the same two hide things elsewhere. Letters of all scripts, marks
 * that combine, and emoji themselves stay. A backslash stays one, so that a character and its escape in
 * a JSON text read alike; both say which character it is. Letters that look like others are not marked,
 * and what is newer than the Unicode of the engine counts as no character.
 */

/**
 * Controls, format and bidi characters, spaces other than the ordinary one, what is left out when it
 * cannot be shown (fillers, selectors, tags), lone surrogates, private use, unassigned. The last four
 * are symbols by category and blank by design.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}\p{Default_Ignorable_Code_Point}\u2800\ufffc\u{16fe4}\u{1d159}]/u;
/** They are layout, where a text has lines. */
const LAYOUT = new Set(['\n', '\t']);

/** Each of them in a text, one by one. */
export const everyInvisible = new RegExp(`(?![ \\n\\t])${INVISIBLE.source}`, 'gu');

/** Whether nobody would see it, or it would move what stands around it. */
export function isInvisible(character: string): boolean {
  return INVISIBLE.test(character) && character !== ' ' && !LAYOUT.has(character);
}

/** A stretch of text; `escaped` stretches stand for characters nobody would see. */
export interface Stretch {
  text: string;
  escaped: boolean;
}

/** Beyond this many stretches the text is flood, not prose: it comes back as one plain stretch. */
const MOST_STRETCHES = 400;

/** Splits `text` into what can be read and escapes such as `\u202e` for what cannot. */
export function splitInvisible(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  for (const character of text) {
    const escaped = isInvisible(character);
    const shown = escaped ? escapeOf(character) : character;
    const last = stretches.at(-1);
    if (last?.escaped === escaped) last.text += shown;
    else stretches.push({ text: shown, escaped });
  }
  if (stretches.length <= MOST_STRETCHES) return stretches;
  return [{ text: stretches.map((stretch) => stretch.text).join(''), escaped: false }];
}

/**
 * For a place that has lines: line ends and tabs stay.
 *
 * @param most characters; what is longer ends in `…`, and never within a character or an escape
 */
export const visibleText = (text: string, most?: number): string =>
  write(text, (character) => (isInvisible(character) ? escapeOf(character) : character), most);

/** For a place that is one line, as a cell of a table: line ends and tabs are escaped as well. */
export const visibleLine = (text: string, most?: number): string =>
  write(
    text,
    (character) =>
      isInvisible(character) || LAYOUT.has(character) ? escapeOf(character) : character,
    most,
  );

function write(text: string, shown: (character: string) => string, most = Infinity): string {
  let written = '';
  for (const character of text) {
    const next = shown(character);
    if (written.length + next.length > most) return `${written}…`;
    written += next;
  }
  return written;
}

/**
 * The same JSON, with invisible characters written as `\uXXXX`. Outside strings JSON allows none
 * of them except a carriage return, so nothing but the spelling of strings changes.
 */
export function escapeInvisibleInJson(json: string): string {
  return Array.from(json.replaceAll('\r\n', '\n'), (character) =>
    isInvisible(character) ? codeUnits(character) : character,
  ).join('');
}

const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return SHORT[character] ?? (code > 0xffff ? `\\u{${code.toString(16)}}` : codeUnits(character));
}

function codeUnits(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
