import { wordsOf } from '../attack-list/match-words.ts';
import type { Command } from './command.ts';

const BEFORE = 40;
const LENGTH = 150;

/** Where in its prose a command has a word that its title has not; undefined if the title has all. */
export function excerptOf(
  { title, body = '' }: Pick<Command, 'title' | 'body'>,
  query: string,
): string | undefined {
  const name = title.toLowerCase();
  const word = wordsOf(query).find((one) => !name.includes(one));
  const at = word === undefined ? -1 : body.toLowerCase().indexOf(word);
  if (at < 0) return undefined;
  // From the beginning of a word on.
  const from = at <= BEFORE ? 0 : body.indexOf(' ', at - BEFORE) + 1;
  const until = from + LENGTH;
  return `${from > 0 ? '…' : ''}${body.slice(from, until)}${until < body.length ? '…' : ''}`;
}
