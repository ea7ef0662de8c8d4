import type { IncomingMessage } from 'node:http';

export const MADE_TOKEN =
  'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSIsIm5vdGUiOiJtYWRlIn0.c2lnbmF0dXJl';

export interface Made {
  era: 'modern' | 'legacy';
  /** Ids of the requirements that are not met. */
  flaws: ReadonlySet<string>;
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

export const refuse = (status: number, message: string, headers = {}): Sent => ({
  status,
  body: { error: message },
  headers,
});
