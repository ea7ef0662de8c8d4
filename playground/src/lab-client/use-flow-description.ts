import { useCallback, useEffect, useState } from 'react';
import type { FlowDescription } from '../../lab-api.ts';
import { describeProblem, fetchFlow } from './lab-client.ts';

export type FlowDescriptionState =
  | { state: 'loading' }
  | { state: 'ready'; description: FlowDescription }
  | { state: 'failed'; message: string };

/** Loads the steps and the switches; `tryAgain` after a failure. */
export function useFlowDescription() {
  const [flow, setFlow] = useState<FlowDescriptionState>({ state: 'loading' });

  useEffect(() => {
    const leaving = new AbortController();
    void tryToFetch(leaving.signal).then((fetched) => leaving.signal.aborted || setFlow(fetched));
    return () => leaving.abort();
  }, []);

  const tryAgain = useCallback(() => void tryToFetch().then(setFlow), []);

  return { flow, tryAgain };
}

async function tryToFetch(signal?: AbortSignal): Promise<FlowDescriptionState> {
  try {
    return { state: 'ready', description: await fetchFlow(signal) };
  } catch (error) {
    return { state: 'failed', message: describeProblem(error) };
  }
}
