import type { FetchProviderDocument } from '../../../exercises/weather-server/controls.ts';
import { parseFeedUrl } from '../../../solutions/21-outgoing-requests/outgoing-address.ts';

export const idea =
  'What is not at the issuer has to pass the rules for feeds, its port included, and JSON is read as it comes.';

const MOST_BYTES = 200 * 1024;

export const fetchProviderDocument: FetchProviderDocument = async (
  text,
  { external, web, chooseAddress },
) => {
  const own = new URL(external.issuer).origin;
  const isOwn = new URL(text).origin === own && !text.slice(own.length).startsWith('@');
  const url = isOwn ? new URL(text) : parseFeedUrl(text);
  if (url.username || url.password) throw new Error('A password in a URL.');
  const deadline = AbortSignal.timeout(5_000);
  const pinned = isOwn ? {} : { address: await chooseAddress(url.hostname, web) };
  const answer = await web.fetch(url.href, { redirect: 'error', signal: deadline, ...pinned });
  const parts: string[] = [];
  let left = MOST_BYTES;
  if (answer.status === 200 && answer.body) {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const reader = answer.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      left -= part.value.byteLength;
      if (left < 0) {
        await reader.cancel();
        throw new Error('Too long.');
      }
      parts.push(decoder.decode(part.value, { stream: true }));
    }
    return JSON.parse(parts.join('')) as unknown;
  }
  await answer.body?.cancel();
  throw new Error(`Status ${answer.status}.`);
};
