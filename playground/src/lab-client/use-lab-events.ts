import { useEffect, useEffectEvent, useState } from 'react';
import type { LabEvent } from '../../lab-api.ts';
import { followLab, type Connection } from './follow-lab.ts';

/** Follows the lab's events for as long as the page is open. */
export function useLabEvents(onEvent: (event: LabEvent) => void): Connection {
  const [connection, setConnection] = useState<Connection>('connecting');
  const notify = useEffectEvent(onEvent);

  useEffect(() => {
    const leaving = new AbortController();
    void followLab(leaving.signal, (event) => notify(event), setConnection);
    return () => leaving.abort();
  }, []);

  return connection;
}
