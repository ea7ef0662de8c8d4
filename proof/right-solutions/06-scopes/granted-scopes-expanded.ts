import type {
  Actor,
  AlertFacts,
  AuthorizeTool,
  ListVisibleTools,
  RequireOwnAlert,
} from '../../../exercises/weather-server/controls.ts';
import { InsufficientScopeError, NotFoundError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The granted scopes become a set with all that they include; from then on only membership counts.';

/** Everything up to the greatest granted scope. */
function expand(actor: Actor | undefined, supported: string[]): Set<string> {
  const ranks = (actor?.scopes ?? []).map((scope) => supported.indexOf(scope));
  return new Set(supported.slice(0, Math.max(-1, ...ranks) + 1));
}

export const authorizeTool: AuthorizeTool = (actor, { scope }, { scopesSupported }) => {
  if (!expand(actor, scopesSupported).has(scope)) throw new InsufficientScopeError([scope]);
};

export const listVisibleTools: ListVisibleTools = (actor, tools, { scopesSupported }) => {
  const granted = expand(actor, scopesSupported);
  return tools.filter(({ scope }) => granted.has(scope));
};

const keyOf = ({ issuer, subject }: AlertFacts['owner']): string =>
  JSON.stringify([issuer, subject]);

export const requireOwnAlert: RequireOwnAlert = (actor, alert) => {
  if (!actor || !alert || keyOf(actor) !== keyOf(alert.owner)) {
    throw new NotFoundError('Not found.');
  }
};
