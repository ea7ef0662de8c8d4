import type { AuthorizeTool, ListVisibleTools } from '../weather-server/controls.ts';

// Today every token may call every tool, and sees them all.

// TODO 06: Throw `InsufficientScopeError` with the scope that is needed unless the actor was granted
// it, or a scope that includes it: in `config.scopesSupported` each one includes those before it.
// Scopes are whole words, with their case (RFC 6749 §3.3). No actor has no scopes.
export const authorizeTool: AuthorizeTool = () => undefined;

// TODO 06: Show exactly the tools that `authorizeTool` lets this actor call.
export const listVisibleTools: ListVisibleTools = (_actor, tools) => tools;
