import type { AuthorizeTool, ListVisibleTools } from '../../exercises/weather-server/controls.ts';
import { InsufficientScopeError } from '../../exercises/weather-server/errors.ts';

/**
 * Whether one of the granted scopes is the needed one, or includes it: in `supported`, each scope
 * includes the ones before it. Scopes are whole words, compared with their case (RFC 6749 §3.3); one
 * the server does not know grants nothing, and a tool that needs such a one is nobody's.
 */
function suffices(
  granted: readonly string[],
  needed: string,
  supported: readonly string[],
): boolean {
  const rank = supported.indexOf(needed);
  return rank !== -1 && granted.some((scope) => supported.indexOf(scope) >= rank);
}

/**
 * Lets a call through if the token was granted what the tool needs. The error names the one scope
 * that would do, so that a client can ask its user for that and no more (MCP, Scope Challenge
 * Handling); the server answers with HTTP 403 `insufficient_scope` (RFC 6750 §3.1).
 */
export const authorizeTool: AuthorizeTool = (actor, tool, config) => {
  if (!suffices(actor?.scopes ?? [], tool.scope, config.scopesSupported)) {
    throw new InsufficientScopeError([tool.scope]);
  }
};

/** Shows the tools that `authorizeTool` would let through, by the same rule. It is no protection. */
export const listVisibleTools: ListVisibleTools = (actor, tools, config) =>
  tools.filter(({ scope }) => suffices(actor?.scopes ?? [], scope, config.scopesSupported));
