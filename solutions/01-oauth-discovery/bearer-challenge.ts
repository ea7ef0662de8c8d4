import type { BuildBearerChallenge } from '../../exercises/weather-server/controls.ts';

/**
 * Builds `WWW-Authenticate` for a 401 or 403 (RFC 6750 §3), with the place where discovery begins
 * (RFC 9728 §5.1). A request without credentials gets no error information (RFC 6750 §3.1).
 *
 * The metadata URL is the resource's with the well-known part put before its path (RFC 9728 §3.1).
 * The description must not carry text of the client's: quotes and backslashes are replaced, and so
 * is everything else that a quoted string cannot hold (RFC 6750 §3, RFC 9110 §5.6.4). It comes last:
 * some clients take the first `scope=` in the header for the scope, be it in the description.
 */
export const buildBearerChallenge: BuildBearerChallenge = (reason, config) => {
  const { origin, pathname, search } = new URL(config.resource);
  const path = pathname === '/' ? '' : pathname;
  const metadata = `${origin}/.well-known/oauth-protected-resource${path}${search}`;
  const parameters = [`resource_metadata="${metadata}"`];
  const scopes = reason.scopes ?? [];
  if (scopes.length > 0) parameters.push(`scope="${scopes.join(' ')}"`);
  if (reason.error) {
    parameters.push(`error="${reason.error}"`);
    const description = reason.description?.replaceAll(/[^ !#-[\]-~]/g, ' ');
    if (description) parameters.push(`error_description="${description}"`);
  }
  return `Bearer ${parameters.join(', ')}`;
};
