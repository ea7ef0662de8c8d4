/** Where a client looks for documents (MCP 2026-07-28, Authorization Server Discovery). */

/** `resource_metadata` of the challenge, or else the well-known place of this server (RFC 9728 §3.1). */
export function resourceMetadataPlace(challenge: string, server: string): string {
  const named = /resource_metadata="([^"]*)"/.exec(challenge)?.[1];
  const { origin, pathname } = new URL(server);
  return named ?? `${origin}/.well-known/oauth-protected-resource${withoutSlash(pathname)}`;
}

/** In the order in which they are tried. */
export function metadataPlaces(issuer: string): string[] {
  const url = new URL(issuer);
  // Not `origin`, which other schemes have none of: whether one is asked is not decided here.
  const base = `${url.protocol}//${url.host}`;
  const path = withoutSlash(url.pathname);
  const inFront = ['oauth-authorization-server', 'openid-configuration'].map(
    (document) => `${base}/.well-known/${document}${path}`,
  );
  return path === '' ? inFront : [...inFront, `${base}${path}/.well-known/openid-configuration`];
}

const withoutSlash = (path: string): string => path.replace(/\/$/, '');

/** What stands in a document at this place, whatever it is. */
export function memberOf(document: unknown, ...path: (string | number)[]): unknown {
  let value = document;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}
