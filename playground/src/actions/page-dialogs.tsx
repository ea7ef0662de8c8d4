import { lazy, Suspense, useState } from 'react';
import type { TopicSummary } from '../../lab-api.ts';
import { useActionKeys } from './use-action-keys.ts';
import { usePageAction } from './use-page-action.ts';

// Neither belongs to the first load.
const PaletteDialog = lazy(async () => ({
  default: (await import('../palette/palette-dialog.tsx')).PaletteDialog,
}));
const KeysDialog = lazy(async () => ({
  default: (await import('./keys-dialog.tsx')).KeysDialog,
}));

interface PageDialogsProps {
  topics: TopicSummary[];
}

/** The palette and the list of keys, which open from anywhere; and the keys themselves. */
export function PageDialogs({ topics }: PageDialogsProps) {
  const [open, setOpen] = useState<'palette' | 'keys'>();
  // Stays once it was opened, so that it can give the focus back.
  const [opened, setOpened] = useState({ palette: false, keys: false });

  function show(name: 'palette' | 'keys'): void {
    setOpened({ ...opened, [name]: true });
    setOpen(name);
  }
  useActionKeys();
  usePageAction('palette', () => show('palette'));
  usePageAction('keys', () => show('keys'));
  const close = (): void => setOpen(undefined);

  return (
    <Suspense>
      {opened.palette && (
        <PaletteDialog open={open === 'palette'} onClose={close} topics={topics} />
      )}
      {opened.keys && <KeysDialog open={open === 'keys'} onClose={close} />}
    </Suspense>
  );
}
