import type { FeedMeans, FetchFeed } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'Each hop is a call of the same function, with one redirect less to go.';

const TYPES = /^application\/(?:[^\s;/]+\+)?json(?:[\s;]|$)/i;
const MOST = 65_536;

const gone = (): InvalidInputError => new InvalidInputError('No feed was found there.');

export const fetchFeed: FetchFeed = async (text, means) => {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(gone()), 10_000);
  try {
    return await hop(text, 5, means, controller.signal);
  } catch {
    throw gone();
  } finally {
    clearTimeout(timer);
  }
};

async function hop(
  text: string,
  left: number,
  means: FeedMeans,
  signal: AbortSignal,
): Promise<string> {
  const url = means.parseFeedUrl(text);
  const address = await means.chooseAddress(url.hostname, means.web);
  const response = await means.web.fetch(url.href, { address, redirect: 'manual', signal });
  const { status, headers } = response;
  if ([301, 302, 303, 307, 308].includes(status)) {
    if (left === 0) throw gone();
    return hop(new URL(headers.get('location') ?? '', url).href, left - 1, means, signal);
  }
  if (status !== 200 || !TYPES.test(headers.get('content-type') ?? '')) throw gone();
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let read = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || !value) return read + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MOST) {
      await reader?.cancel();
      throw gone();
    }
    read += decoder.decode(value, { stream: true });
  }
}
