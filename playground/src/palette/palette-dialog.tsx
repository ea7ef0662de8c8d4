import { useEffect, useMemo, useRef, useState } from 'react';
import type { TopicSummary } from '../../lab-api.ts';
import { isOffered, perform } from '../actions/offered-actions.ts';
import { allActions } from '../actions/page-actions.ts';
import { showHints } from '../lab-client/lab-client.ts';
import { useLab } from '../lab-client/lab-context.ts';
import { areas } from '../layout/areas.ts';
import { outlineOf } from '../lesson/outlines.ts';
import { Modal } from '../text/modal.tsx';
import type { Command } from './command.ts';
import { CommandSearch } from './command-search.tsx';
import { listCommands, type CommandSources } from './list-commands.ts';

interface PaletteDialogProps {
  open: boolean;
  onClose: () => void;
  topics: TopicSummary[];
}

interface SearchProps {
  topics: TopicSummary[];
  onPick: (command: Command) => void;
}

/** What lessons say, and the hints that were seen, are found as soon as they are there. */
function Search({ topics, onPick }: SearchProps) {
  const { progress } = useLab();
  const [seen] = useState(() => topics.filter(({ slug }) => (progress[slug]?.hints ?? 0) > 0));
  // What can be done is what the page behind offers.
  const [actions] = useState(() =>
    allActions.filter(({ id }) => id !== 'palette' && isOffered(id)),
  );
  const [texts, setTexts] = useState<CommandSources['texts']>({});
  const [hints, setHints] = useState<CommandSources['hints']>({});
  useEffect(() => {
    let gone = false;
    // Without them, titles are found all the same.
    import('./lesson-texts.ts').then(
      ({ lessonTexts }) => !gone && setTexts(lessonTexts),
      () => undefined,
    );
    for (const { slug } of seen) {
      showHints({ topic: slug, again: true }).then(
        ({ hints: shown }) => !gone && setHints((all) => ({ ...all, [slug]: shown })),
        () => undefined,
      );
    }
    return () => {
      gone = true;
    };
  }, [seen]);
  const commands = useMemo(
    () => listCommands({ areas, topics, outlineOf, actions, texts, hints }),
    [topics, actions, texts, hints],
  );
  return <CommandSearch commands={commands} onPick={onPick} />;
}

/** Everything in the workbook by its name, and what can be done on this page. */
export function PaletteDialog({ open, onClose, topics }: PaletteDialogProps) {
  const picked = useRef<Command>(undefined);

  /** Once the dialog has given the focus back: where one goes may take it again. */
  function go(): void {
    const { does } = picked.current ?? {};
    picked.current = undefined;
    if (!does) return;
    if ('href' in does) location.hash = does.href;
    if ('action' in does) perform(does.action);
    if ('copy' in does) void navigator.clipboard.writeText(does.copy).catch(() => undefined);
  }

  return (
    <Modal title="Go to" open={open} onClose={onClose} onClosed={go}>
      <Search
        topics={topics}
        onPick={(command) => {
          if ('nothing' in command.does) return;
          picked.current = command;
          onClose();
        }}
      />
    </Modal>
  );
}
