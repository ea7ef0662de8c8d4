import { Autocomplete } from '@base-ui/react/autocomplete';
import { useState } from 'react';
import { Prose } from '../text/prose.tsx';
import { StatusRegion } from '../text/status-region.tsx';
import type { Command } from './command.ts';
import styles from './command-search.module.css';
import { excerptOf } from './excerpt-of.ts';
import { rankCommands } from './rank-commands.ts';

interface CommandSearchProps {
  commands: readonly Command[];
  onPick: (command: Command) => void;
}

/** More are not read anyway; another word helps. */
const MOST_SHOWN = 50;

/** A field, and below it what fits; the first is chosen until another one is. */
export function CommandSearch({ commands, onPick }: CommandSearchProps) {
  const [query, setQuery] = useState('');
  const found = rankCommands(commands, query);
  const shown = found.slice(0, MOST_SHOWN);
  return (
    <Autocomplete.Root
      open
      inline
      items={shown}
      filter={null}
      value={query}
      onValueChange={(value, { reason }) => {
        // Picking one would write its name into the field.
        if (reason !== 'item-press') setQuery(value);
      }}
      itemToStringValue={({ title }: Command) => title}
      autoHighlight="always"
      keepHighlight
    >
      <div className={styles.field}>
        <Autocomplete.Input
          className={styles.input}
          aria-label="Search lessons, attacks, words, hints and commands"
          placeholder="A word of a lesson, an attack, something to do"
          spellCheck={false}
        />
      </div>
      <StatusRegion className={styles.count}>{describe(found.length)}</StatusRegion>
      <Autocomplete.List className={styles.list}>
        {(command: Command) => (
          <Autocomplete.Item
            key={command.id}
            value={command}
            className={styles.item}
            onClick={() => onPick(command)}
          >
            <span>
              <Prose text={command.title} />
            </span>
            <span className={styles.detail}>{describeFind(command, query)}</span>
          </Autocomplete.Item>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}

/** Where it belongs, and where in its prose the words are. */
function describeFind(command: Command, query: string): string {
  const excerpt = excerptOf(command, query);
  return excerpt === undefined ? command.detail : `${command.detail}: ${excerpt}`;
}

function describe(count: number): string {
  if (count === 0) return 'Nothing has all of these words.';
  if (count > MOST_SHOWN) return `The first ${MOST_SHOWN} of ${count}`;
  return count === 1 ? '1 find' : `${count} finds`;
}
