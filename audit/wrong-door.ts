/** When the audit was given an address at which it cannot ask: what it can say about the right one. */
import type { Asker } from './asker.ts';
import { modernRequest } from './json-rpc.ts';
import { distanceOfName } from './near-names.ts';
import { isEventStream, type Reply } from './polite-client.ts';
import { replyTo } from './read-seen.ts';

/** Why there is nothing to ask here; undefined if that is not known. */
export async function whichDoor(asker: Asker): Promise<string | undefined> {
  const got = replyTo(asker.answers, 'anonymous get');
  if (got && isEventStream(got.headers) && /^event:\s*endpoint\s*$/m.test(got.body)) {
    return 'This is an endpoint of HTTP+SSE, the transport of 2024-11-05, which was deprecated in 2025-03-26. The audit speaks Streamable HTTP only: give it the address of such an endpoint, if the server has one.';
  }
  return otherName(asker);
}

const REFUSED = [400, 403, 404, 421];

/** A server on this machine that refuses the name it was called by, and says another. */
async function otherName(asker: Asker): Promise<string | undefined> {
  const replies = (['anonymous initialize', 'anonymous discover'] as const).flatMap(
    (probe) => replyTo(asker.answers, probe) ?? [],
  );
  if (distanceOfName(asker.url) !== 'loopback' || !replies.every(isRefused)) return undefined;
  for (const host of replies.flatMap(({ body }) => namesIn(body, asker.url))) {
    const url = new URL(asker.url);
    url.host = host;
    const message = modernRequest(asker.nextId(), 'server/discover');
    const reply = await asker.askAside({ url, method: 'POST', ...message });
    // Any other answer than the refusal shows that the name was what was wrong.
    if (reply.kind === 'reply' && !replies.some(({ status }) => status === reply.status)) {
      return `It refuses requests to ${asker.url.host} with HTTP ${replies[0]?.status}, and answers as ${host}. Give the audit that address: ${url.href}`;
    }
  }
  return undefined;
}

const isRefused = ({ status }: Reply): boolean => REFUSED.includes(status);

const LOOPBACK_NAME = /(?:[\w-]+\.)*localhost\b|127\.0\.0\.1|\[::1\]/gi;

/** Other names of this machine in the answer, with the port that was asked. */
function namesIn(body: string, { hostname, port }: URL): string[] {
  const names = new Set(body.slice(0, 4096).toLowerCase().match(LOOPBACK_NAME) ?? []);
  names.delete(hostname);
  return [...names].slice(0, 2).map((name) => (port === '' ? name : `${name}:${port}`));
}
