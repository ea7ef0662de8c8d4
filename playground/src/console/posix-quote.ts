/** How text is written for a POSIX shell so that it arrives as it is, and shows on the way there. */
import { isInvisible } from '../../../shared/visible-text.ts';

/**
 * Whether `text` may stand in a command as it is, between quotes. Controls, line ends and characters
 * nobody sees may not: a terminal acts on them when they are pasted.
 */
export function isPlain(text: string): boolean {
  for (const character of text) {
    if (character === '\n' || character === '\t' || isInvisible(character)) return false;
  }
  return true;
}

/** As one word. Between single quotes nothing has a meaning except for the quote itself. */
export function quote(text: string): string {
  return /^[\w./:@,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A `printf` command that writes exactly these bytes; any byte, NUL and line ends at the end too. */
export function printf(bytes: Uint8Array): string {
  return `printf '${Array.from(bytes, writeByte).join('')}'`;
}

/** As `printf` reads it: everything but plain ASCII in octal, always three digits. */
function writeByte(byte: number, at: number): string {
  const character = String.fromCharCode(byte);
  if (character === '\n') return String.raw`\n`;
  if (character === '%') return '%%';
  // What begins with a hyphen would be an option of `printf`.
  const isOption = at === 0 && character === '-';
  const isSafe = byte >= 0x20 && byte < 0x7f && character !== '\\' && character !== "'";
  return isSafe && !isOption ? character : `\\${byte.toString(8).padStart(3, '0')}`;
}
