#!/usr/bin/env bash
# A 401 that offers Basic or DPoP before Bearer: client v1 sees no challenge at all, v2 depends on which it is.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/client 2.4.0; zod 4.6.7.
# Expected, by who puts a second scheme before an MCP server (RFC 9110 section 11.6.1 lets one header carry several
# challenges, and fetch joins several headers with a comma): resource_metadata and scope are read from the Bearer one.
# Seen 2026-11-29, Node 20.20: v1 reads only a header that begins with Bearer. v2 also finds Bearer after DPoP, and not
# after Basic. With Bearer first both read it. Otherwise the scope is lost, and the metadata is looked for by convention.
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

const bearer =
  'Bearer resource_metadata="http://127.0.0.1/.well-known/oauth-protected-resource/mcp", scope="weather:read"';
const orders = {
  alone: [bearer],
  first: [bearer, 'Basic realm="weather"'],
  afterDpop: ['DPoP algs="ES256"', bearer],
  afterBasic: ['Basic realm="weather"', bearer],
};
const seen = {};
for (const [order, challenges] of Object.entries(orders)) {
  const headers = new Headers();
  for (const challenge of challenges) headers.append('WWW-Authenticate', challenge);
  const response = new Response(null, { status: 401, headers });
  seen[order] = [readV1, readV2].map((read) => read(response).scope ?? 'not seen');
}
const recorded = {
  alone: ['weather:read', 'weather:read'],
  first: ['weather:read', 'weather:read'],
  afterDpop: ['not seen', 'weather:read'],
  afterBasic: ['not seen', 'not seen'],
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: a Bearer challenge after Basic is read by neither MCP client, after DPoP by v2 only.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "bearer-after-another-challenge-is-not-seen: changed, or could not be run (see above)"; exit 1; }
