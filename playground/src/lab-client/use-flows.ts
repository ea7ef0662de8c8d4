import { useCallback, useEffect, useState } from 'react';
import type { Flow } from '../../../studies/flow/shared.ts';
import { describeProblem, fetchFlows } from './lab-client.ts';

type FlowsState =
  | { state: 'loading' }
  | { state: 'ready'; flows: Flow[] }
  | { state: 'failed'; message: string };

/** Loads the flows with their steps and switches; `tryAgain` after a failure. */
export function useFlows() {
  const [loaded, setLoaded] = useState<FlowsState>({ state: 'loading' });

  useEffect(() => {
    const leaving = new AbortController();
    void tryToFetch(leaving.signal).then((fetched) => leaving.signal.aborted || setLoaded(fetched));
    return () => leaving.abort();
  }, []);

  const tryAgain = useCallback(() => void tryToFetch().then(setLoaded), []);

  return { loaded, tryAgain };
}

async function tryToFetch(signal?: AbortSignal): Promise<FlowsState> {
  try {
    return { state: 'ready', flows: await fetchFlows(signal) };
  } catch (error) {
    return { state: 'failed', message: describeProblem(error) };
  }
}
