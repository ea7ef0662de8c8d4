import { hasEveryWord, wordsOf } from '../attack-list/match-words.ts';
import { commandKinds, type Command } from './command.ts';

/**
 * The commands in which every word of `query` occurs, the best first: a title that begins with the
 * query, one whose words begin with its words, one that holds them, and then those that have a word
 * elsewhere. Of equals, pages and topics come before attacks. Without a query, what there is few of.
 */
export function rankCommands(commands: readonly Command[], query: string): Command[] {
  const words = wordsOf(query);
  if (words.length === 0) {
    return commands.filter(({ kind }) => kind === 'page' || kind === 'topic' || kind === 'action');
  }
  return commands
    .filter(({ text }) => hasEveryWord(text, words))
    .map((command, at) => ({ command, at, rank: rankOf(command, words) }))
    .sort((one, other) => one.rank - other.rank || one.at - other.at)
    .map(({ command }) => command);
}

function rankOf({ title, kind }: Command, words: readonly string[]): number {
  const name = title.toLowerCase().replaceAll('`', '');
  return fitOf(name, words) * commandKinds.length + commandKinds.indexOf(kind);
}

function fitOf(name: string, words: readonly string[]): number {
  // The number of a topic is in front of its name, and need not be typed.
  if (name.replace(/^\d\d /, '').startsWith(words.join(' '))) return 0;
  const parts = wordsOf(name.replaceAll(/[^\p{L}\p{N}]+/gu, ' '));
  if (words.every((word) => parts.some((part) => part.startsWith(word)))) return 1;
  return hasEveryWord(name, words) ? 2 : 3;
}
