/**
 * Makes characters visible that would otherwise hide, reorder or imitate text. Answers of a
 * server under attack are hostile: a right-to-left override can make a log line read as another.
 */

/** A stretch of text; `escaped` stretches stand for characters nobody would see. */
export interface Stretch {
  text: string;
  escaped: boolean;
}

/** Controls, format and bidi characters, odd spaces, lone surrogates, private and unassigned. */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}\p{Default_Ignorable_Code_Point}]/u;
const ORDINARY = new Set([' ', '\n', '\t']);

/** Each of them in a text, one by one. */
export const everyInvisible = new RegExp(`(?![ \\n\\t])${INVISIBLE.source}`, 'gu');

/** Beyond this many stretches the text is flood, not prose: it comes back as one plain stretch. */
const MOST_STRETCHES = 400;

/** Splits `text` into what can be read and escapes such as `\u202e` for what cannot. */
export function splitInvisible(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  for (const character of text) {
    const escaped = isInvisible(character);
    const shown = escaped ? escapeCharacter(character) : character;
    const last = stretches.at(-1);
    if (last?.escaped === escaped) last.text += shown;
    else stretches.push({ text: shown, escaped });
  }
  if (stretches.length <= MOST_STRETCHES) return stretches;
  return [{ text: stretches.map((stretch) => stretch.text).join(''), escaped: false }];
}

/** The text on its own, for places that take nothing but text; cut to `most` characters. */
export function readableLine(text: string, most: number): string {
  const shown = text.length > most ? `${text.slice(0, most)}…` : text;
  return splitInvisible(shown)
    .map((stretch) => stretch.text)
    .join('');
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

/** Whether nobody would see it, or it would move what stands around it. */
export function isInvisible(character: string): boolean {
  return INVISIBLE.test(character) && !ORDINARY.has(character);
}

function escapeCharacter(character: string): string {
  if (character === '\r') return '\\r';
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : codeUnits(character);
}

function codeUnits(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
