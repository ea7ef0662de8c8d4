import type { IncomingMessage } from 'node:http';
import type { Era } from '../seen.ts';

export const MADE_TOKEN =
  'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSIsIm5vdGUiOiJtYWRlIn0.c2lnbmF0dXJl';

export interface Made {
  era: Era | 'both';
  /** Ids of the requirements that are not met. */
  flaws: ReadonlySet<string>;
  /** The sessions that were begun. */
  sessions: Set<string>;
  /** Without a slash at its end. */
  origin: string;
}

export interface Sent {
  status: number;
  body?: string | object;
  headers?: Record<string, string>;
}

export interface Asked {
  request: IncomingMessage;
  url: URL;
  body: string;
  made: Made;
}

/** Of a message, as its body says. */
export const eraOf = (body: string): Era =>
  body.includes('io.modelcontextprotocol/protocolVersion') ? 'modern' : 'legacy';

export const refuse = (status: number, message: string, headers = {}): Sent => ({
  status,
  body: { error: message },
  headers,
});
