#!/usr/bin/env bash
# mcpAuthRouter limits /token to fifty requests in a quarter of an hour, for all users of an address together.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; express 5.2.1.
# Expected, by who mounts the router: limits are the application's to set, or they go by client or grant.
# Seen 2026-11-29, Node 20.20: fifty different refresh tokens are exchanged, the fifty-first answers 429 with Retry-After
# of about a quarter of an hour; /register stops at twenty in an hour. Behind a proxy without trust proxy that is the
# whole world. rateLimit: false or other numbers can be given for each endpoint.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/sdk@1.32.2 \
  express@5.2.1 > npm.log
cat > look.mjs <<'JS'
import express from 'express';
import { mcpAuthRouter } from '@modelcontextprotocol/sdk/server/auth/router.js';

const client = {
  client_id: 'weather',
  redirect_uris: ['http://127.0.0.1/callback'],
  token_endpoint_auth_method: 'none',
};
const clientsStore = {
  getClient: async () => client,
  registerClient: async (registered) => registered,
};
const provider = {
  clientsStore,
  exchangeRefreshToken: async () => ({ access_token: 'made-up', token_type: 'Bearer' }),
};

async function look(tokenOptions) {
  const app = express();
  app.use(mcpAuthRouter({ issuerUrl: new URL('http://localhost/'), provider, tokenOptions }));
  const server = await new Promise((done) => {
    const listening = app.listen(0, '127.0.0.1', () => done(listening));
  });
  const statuses = [];
  for (let user = 1; user <= 51; user += 1) {
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: `user-${user}`,
      client_id: 'weather',
    });
    const response = await fetch(`http://127.0.0.1:${server.address().port}/token`, {
      method: 'POST',
      body,
    });
    await response.text();
    statuses.push(response.status);
  }
  server.close();
  return [new Set(statuses.slice(0, 50)).size, statuses[49], statuses[50]];
}
const seen = { byDefault: await look(), without: await look({ rateLimit: false }) };
const recorded = { byDefault: [1, 200, 429], without: [1, 200, 200] };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: mcpAuthRouter answers 429 to the fifty-first token request of an address.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "fifty-first-user-of-an-address-gets-no-token: changed, or could not be run (see above)"; exit 1; }
