/** What open pages are told without having asked. */
import type { LabEvent } from '../../lab-api.ts';
import { openStream, type Routes } from './answers.ts';

const STILL_HERE_EVERY_MS = 15_000;

export interface EventStream {
  routes: Routes;
  /** Tells every open page. */
  announce(event: LabEvent): void;
}

export function createEventStream(): EventStream {
  const listeners = new Set<(event: LabEvent) => void>();
  return {
    routes: {
      'GET /events'(_request, response) {
        const send = openStream(response);
        send({ type: 'hello' } satisfies LabEvent);
        const listener = (event: LabEvent): void => send(event);
        listeners.add(listener);
        const beat = setInterval(() => send({ type: 'still-here' }), STILL_HERE_EVERY_MS);
        response.on('close', () => {
          listeners.delete(listener);
          clearInterval(beat);
        });
      },
    },
    announce(event) {
      for (const listener of listeners) listener(event);
    },
  };
}
