/**
 * Other ways to the same server: an older endpoint beside this one, another address of this machine,
 * plain http beside TLS.
 */
import type { Asker } from './asker.ts';
import { initializeRequest, modernRequest } from './json-rpc.ts';
import { besideTls } from './near-names.ts';
import { isEventStream } from './polite-client.ts';
import { hasResult, isOpen, replyTo } from './read-seen.ts';

/** @param own other addresses of this machine, if the server is on it */
export async function probeOtherWays(asker: Asker, own: string[]): Promise<void> {
  await probeOldDoor(asker);
  await probePlainHttp(asker);
  const [address] = own;
  if (asker.url.protocol !== 'http:' || address === undefined) return;
  const url = new URL(asker.url);
  url.hostname = address.includes(':') ? `[${address}]` : address;
  // Under the name that the server knows, which it may insist on.
  const { headers, body } = initializeRequest(asker.nextId());
  await asker.ask('other address', {
    url,
    method: 'POST',
    body,
    headers: { ...headers, host: asker.url.host },
    isEnough: (_body, seen) => isEventStream(seen),
  });
}

/** As anybody, in the words that were understood over TLS. */
async function probePlainHttp(asker: Asker): Promise<void> {
  if (asker.url.protocol !== 'https:') return;
  const isModern = hasResult(replyTo(asker.answers, 'anonymous discover'));
  const id = asker.nextId();
  const message = isModern ? modernRequest(id, 'server/discover') : initializeRequest(id);
  await asker.post('plain http', { speaks: undefined }, message, { url: besideTls(asker.url), id });
}

/** Where servers of the first revision had theirs (HTTP+SSE, 2024-11-05). */
const OLD_PATH = '/sse';

async function probeOldDoor(asker: Asker): Promise<void> {
  if (isOpen(asker.answers)) return asker.skip('The server asks for no token.', 'old door');
  const url = new URL(OLD_PATH, asker.url);
  if (url.pathname === asker.url.pathname) return;
  await asker.ask('old door', {
    url,
    headers: { accept: 'text/event-stream' },
    isEnough: (body, headers) => isEventStream(headers) && /\r\n\r\n|\n\n|\r\r/.test(body),
  });
}
