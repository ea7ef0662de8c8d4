import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { LabContext, type LabState, type StubChange } from './lab-context.ts';
import { useLabCatalogue } from './use-lab-catalogue.ts';
import { useLabEvents } from './use-lab-events.ts';
import { useLabProgress } from './use-lab-progress.ts';

interface LabProviderProps {
  children: ReactNode;
}

/** What every part of the page knows about the lab. */
export function LabProvider({ children }: LabProviderProps) {
  const [stubChange, setStubChange] = useState<StubChange>();
  const { catalogue, loadCatalogue } = useLabCatalogue();
  const { progress, mark, loadProgress } = useLabProgress();
  const greeted = useRef(false);

  const tryAgain = useCallback(() => {
    loadCatalogue();
    void loadProgress();
  }, [loadCatalogue, loadProgress]);

  const connection = useLabEvents((event) => {
    if (event.type === 'stub-changed') setStubChange({ ...event });
    // What was solved by other files may not be any more.
    if (event.type === 'stub-changed' || event.type === 'progress-changed') void loadProgress();
    if (event.type === 'hello') {
      // The first greeting comes while everything is being loaded; a later one says: back again.
      if (greeted.current || catalogue.state === 'failed') tryAgain();
      greeted.current = true;
    }
  });

  const lab: LabState = useMemo(
    () => ({ connection, catalogue, progress, mark, loadProgress, stubChange, tryAgain }),
    [connection, catalogue, progress, mark, loadProgress, stubChange, tryAgain],
  );
  return <LabContext value={lab}>{children}</LabContext>;
}
