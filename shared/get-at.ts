/** A GET over https that goes to one address, whatever its host name stands for by then. */
import type { IncomingMessage } from 'node:http';
import { request, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';

/**
 * Follows no redirects, and checks the certificate against the host name of `url`.
 *
 * @param ca whom to trust instead of those whom Node trusts
 */
export function getAt(
  url: URL,
  address: string,
  signal: AbortSignal,
  ca?: string,
): Promise<IncomingMessage> {
  const family = isIP(address);
  const pinned: RequestOptions['lookup'] = (_host, { all }, found) =>
    all ? found(null, [{ address, family }]) : found(null, address, family);
  const headers = { accept: 'application/json', 'accept-encoding': 'identity' };
  return new Promise((resolve, reject) => {
    const options = { lookup: pinned, agent: false, signal, headers, ...(ca ? { ca } : {}) };
    request(url, options, resolve).on('error', reject).end();
  });
}

/** The body; throws, and ends the connection, once it has more than `mostBytes`. */
export async function readAtMost(
  answer: AsyncIterable<Uint8Array>,
  mostBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop by an error destroys the connection.
  for await (const chunk of answer) {
    size += chunk.length;
    if (size > mostBytes) throw new TypeError('The answer is too long.');
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
