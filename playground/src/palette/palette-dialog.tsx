import { useRef } from 'react';
import type { TopicSummary } from '../../lab-api.ts';
import { isOffered, perform } from '../actions/offered-actions.ts';
import { allActions } from '../actions/page-actions.ts';
import { areas } from '../layout/areas.ts';
import { outlineOf } from '../lesson/outlines.ts';
import { Modal } from '../text/modal.tsx';
import type { Command } from './command.ts';
import { CommandSearch } from './command-search.tsx';
import { listCommands } from './list-commands.ts';

interface PaletteDialogProps {
  open: boolean;
  onClose: () => void;
  topics: TopicSummary[];
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
    else perform(does.action);
  }

  return (
    <Modal title="Go to" open={open} onClose={onClose} onClosed={go}>
      <CommandSearch
        commands={() =>
          listCommands({
            areas,
            topics,
            outlineOf,
            actions: allActions.filter(({ id }) => id !== 'palette' && isOffered(id)),
          })
        }
        onPick={(command) => {
          picked.current = command;
          onClose();
        }}
      />
    </Modal>
  );
}
