import { useCallback, useEffect, useState } from 'react';
import type { Catalogue } from '../../lab-api.ts';
import { fetchCatalogue } from './lab-client.ts';

export type CatalogueState =
  | { state: 'loading' }
  | { state: 'ready'; catalogue: Catalogue }
  | { state: 'failed'; message: string };

/**
 * Loads the catalogue. One that was loaded stays when a later attempt fails: the lessons can be
 * read without the lab.
 */
export function useLabCatalogue() {
  const [catalogue, setCatalogue] = useState<CatalogueState>({ state: 'loading' });

  useEffect(() => {
    const leaving = new AbortController();
    void tryToFetch(leaving.signal).then(
      (fetched) => leaving.signal.aborted || setCatalogue(preferReady(fetched)),
    );
    return () => leaving.abort();
  }, []);

  const loadCatalogue = useCallback(
    () => void tryToFetch().then((fetched) => setCatalogue(preferReady(fetched))),
    [],
  );

  return { catalogue, loadCatalogue };
}

function preferReady(fetched: CatalogueState) {
  return (before: CatalogueState): CatalogueState =>
    before.state === 'ready' && fetched.state === 'failed' ? before : fetched;
}

async function tryToFetch(signal?: AbortSignal): Promise<CatalogueState> {
  try {
    return { state: 'ready', catalogue: await fetchCatalogue(signal) };
  } catch (error) {
    return { state: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}
