/** What a shared cache on the way makes of an answer, by the hints that the server gave with it. */

/** In a sentence; undefined: the message is no answer that a cache may keep. */
export function whatCachesMay(body: string): string | undefined {
  const { ttlMs, cacheScope } = resultIn(body);
  if (ttlMs === undefined && cacheScope === undefined) return undefined;
  if (typeof ttlMs !== 'number' || !Number.isSafeInteger(ttlMs) || ttlMs < 0) {
    return 'Its ttlMs is no whole number of milliseconds, so that nobody knows how long it is good.';
  }
  if (cacheScope !== 'public' && cacheScope !== 'private') {
    return 'Its cacheScope is neither public nor private, so that nobody knows for whom it is.';
  }
  if (cacheScope === 'public') {
    const whoever = 'whoever asks the same, also with another token or none';
    return ttlMs === 0
      ? `It is stale at once. While the server is away, a cache may still give it to ${whoever}.`
      : `For ${inWords(ttlMs)} it is given to ${whoever}. The server is not asked, and logs nothing.`;
  }
  return ttlMs === 0
    ? 'It is for this token only, and stale at once: the server is asked each time.'
    : `For ${inWords(ttlMs)} it may be used again with the same token, and with no other.`;
}

function resultIn(body: string): { ttlMs?: unknown; cacheScope?: unknown } {
  try {
    const message = JSON.parse(body) as {
      result?: { ttlMs?: unknown; cacheScope?: unknown };
    } | null;
    return message?.result ?? {};
  } catch {
    return {};
  }
}

function inWords(milliseconds: number): string {
  if (milliseconds < 1000) return `${milliseconds} milliseconds`;
  const seconds = milliseconds / 1000;
  return seconds < 120 ? `${+seconds.toFixed(1)} seconds` : `${+(seconds / 60).toFixed(1)} minutes`;
}
