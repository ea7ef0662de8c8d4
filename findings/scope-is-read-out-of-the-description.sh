#!/usr/bin/env bash
# A client asks for a scope that stands in error_description, not for the one in scope.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/client 2.4.0; zod 4.6.7.
# Expected, by a server's author: error_description is for people, scope for programs (RFC 6750 section 3).
# Seen 2026-11-29, Node 20.20: both clients look for the first "scope=" in the whole header. After
# error_description="Your token has scope=weather:read only.", scope="weather:alerts" they take weather:read, which the
# token has, for the scope to ask for. With scope before the description they are right.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/sdk@1.32.2 \
  @modelcontextprotocol/client@2.4.0 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import { extractWWWAuthenticateParams as readV1 } from '@modelcontextprotocol/sdk/client/auth.js';
import { extractWWWAuthenticateParams as readV2 } from '@modelcontextprotocol/client';

const description = 'error_description="Your token has scope=weather:read only."';
const scope = 'scope="weather:alerts"';
const read = (...parameters) => {
  const headers = {
    'WWW-Authenticate': `Bearer error="insufficient_scope", ${parameters.join(', ')}`,
  };
  const response = new Response(null, { status: 403, headers });
  return [readV1(response).scope, readV2(response).scope];
};
const seen = { descriptionFirst: read(description, scope), scopeFirst: read(scope, description) };
const recorded = {
  descriptionFirst: ['weather:read', 'weather:read'],
  scopeFirst: ['weather:alerts', 'weather:alerts'],
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: both MCP clients take a scope named in error_description for the scope to ask for.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "scope-is-read-out-of-the-description: changed, or could not be run (see above)"; exit 1; }
