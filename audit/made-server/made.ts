import type { IncomingMessage } from 'node:http';
import type { Era } from '../seen.ts';

export const MADE_TOKEN =
  'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSIsIm5vdGUiOiJtYWRlIn0.c2lnbmF0dXJl';

/** As a sign-in gave it. */
export const MADE_REFRESH_TOKEN = 'the-refresh-token-of-the-made-server';

/** Of another user. */
export const MADE_TOKEN_2 = 'the-token-of-somebody-else-0123456789';
/** Signed as it should be, and for another resource. */
export const MADE_BAD_TOKEN = 'the-token-for-another-resource-0123456789';

export interface Made {
  era: Era | 'both';
  /** Ids of the requirements that are not met. */
  flaws: ReadonlySet<string>;
  /** The sessions that were begun, and by whom. */
  sessions: Map<string, string | undefined>;
  /** Refresh tokens that have been used. */
  spent: Set<string>;
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
