/**
 * A cache on the way to an MCP server, as a gateway for a whole company keeps one: it answers what it
 * has without asking the server, and so without anybody looking at a token. It obeys the server's
 * hints (MCP 2026-07-28, Caching) to the letter, and no other.
 */
import { z } from 'zod';

/** What a server says of an answer that may be kept. Anything else is not kept. */
const hinted = z.looseObject({
  resultType: z.literal('complete'),
  ttlMs: z.int().min(0),
  cacheScope: z.enum(['public', 'private']),
});

const CACHEABLE = ['server/discover', 'tools/list'];

export interface CachedRequest {
  method: string;
  params: Record<string, unknown>;
  /** The access token; undefined: none. */
  token: string | undefined;
}

interface Kept {
  result: unknown;
  until: number;
}

export class SharedCache {
  readonly #kept = new Map<string, Kept>();
  readonly #now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The result that is kept for whoever asks this; undefined: the server has to be asked. */
  find(request: CachedRequest): unknown {
    return this.#look(request, ({ until }) => this.#now() < until);
  }

  /** The same if the server cannot be asked: then what is stale may be served as well. */
  findStale(request: CachedRequest): unknown {
    return this.#look(request, () => true);
  }

  #look(request: CachedRequest, isGood: (kept: Kept) => boolean): unknown {
    const found = (['public', 'private'] as const)
      .map((scope) => this.#kept.get(keyOf(request, scope)))
      .find((kept) => kept && isGood(kept));
    return found?.result;
  }

  /** Is told of each result that went through. */
  pass(request: CachedRequest, result: unknown): void {
    const { inputResponses, requestState } = request.params;
    const isRetried = inputResponses !== undefined || requestState !== undefined;
    if (!CACHEABLE.includes(request.method) || isRetried) return;
    const { data: hints } = hinted.safeParse(result);
    if (!hints) return;
    const kept = { result, until: this.#now() + hints.ttlMs };
    this.#kept.set(keyOf(request, hints.cacheScope), kept);
  }
}

/** What affects the result: the method and its parameters, and for a private one who asks. */
function keyOf({ method, params, token }: CachedRequest, scope: 'public' | 'private'): string {
  const { _meta, ...affecting } = params;
  return JSON.stringify([method, affecting, scope === 'public' ? null : ['token', token ?? '']]);
}
