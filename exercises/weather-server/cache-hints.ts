import type { JSONRPCResultResponse } from '@modelcontextprotocol/server';
import type { Actor, CacheableAnswer, SecurityControls } from './controls.ts';

const CACHEABLE = ['server/discover', 'tools/list'] as const satisfies readonly string[];

/**
 * Says on an answer who may keep it, and for how long (MCP 2026-07-28, Caching). The SDK would say
 * `private` and 0 of both, or whatever its `cacheHints` say for the method.
 */
export function withCacheHints(
  { chooseCaching }: SecurityControls,
  asked: string,
  actor: Actor | undefined,
  answer: JSONRPCResultResponse,
  /** How many tools there are, whoever asks. */
  toolCount: number,
): JSONRPCResultResponse {
  const method = CACHEABLE.find((one) => one === asked);
  if (!method) return answer;
  const { tools } = answer.result;
  const hidden = Array.isArray(tools) ? toolCount - tools.length : 0;
  const made: CacheableAnswer = { method, actor, hidden };
  const { ttlMs, cacheScope } = chooseCaching(made);
  return { ...answer, result: { ...answer.result, ttlMs, cacheScope } };
}
