#!/usr/bin/env bash
# mcpAuthRouter issues a client secret and does not take it in an Authorization header.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; oauth4webapi 3.8.8; express 5.3.0; zod 4.6.7.
# Expected, by "The authorization server MUST support the HTTP Basic authentication scheme for authenticating clients
# that were issued a client password" (RFC 6749 section 2.3.1), and "If unspecified or omitted, the default is
# client_secret_basic" (RFC 7591 section 2, token_endpoint_auth_method).
# Seen 2026-11-30, Node 20.20: a client that registers without a method gets a secret and is not told of another method.
# With Basic the token endpoint answers invalid_request, with client_secret_post a token. Its metadata lists
# client_secret_post and none, which a client has to read first.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/sdk@1.32.2 \
  oauth4webapi@3.8.8 \
  express@5.3.0 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import http from 'node:http';
import express from 'express';
import { mcpAuthRouter } from '@modelcontextprotocol/sdk/server/auth/router.js';
import * as oauth from 'oauth4webapi';

const app = express();
const web = http.createServer(app);
await new Promise((done) => web.listen(0, '127.0.0.1', done));
const issuerUrl = new URL(`http://127.0.0.1:${web.address().port}`);
const clients = new Map();
const provider = {
  clientsStore: {
    getClient: (id) => clients.get(id),
    registerClient(client) {
      clients.set(client.client_id, client);
      return client;
    },
  },
  exchangeRefreshToken: async () => ({ access_token: 'fresh', token_type: 'Bearer' }),
};
app.use(mcpAuthRouter({ provider, issuerUrl }));

const insecure = { [oauth.allowInsecureRequests]: true };
const server = await oauth.processDiscoveryResponse(
  issuerUrl,
  await oauth.discoveryRequest(issuerUrl, { algorithm: 'oauth2', ...insecure }),
);
// A client that leaves token_endpoint_auth_method out, which stands for client_secret_basic.
const metadata = { client_name: 'look', redirect_uris: ['http://127.0.0.1/callback'] };
const client = await oauth.processDynamicClientRegistrationResponse(
  await oauth.dynamicClientRegistrationRequest(server, metadata, insecure),
);
const refresh = async (authentication) => {
  const method = authentication(client.client_secret);
  return oauth
    .refreshTokenGrantRequest(server, client, method, 'refresh-token', insecure)
    .then((response) => oauth.processRefreshTokenResponse(server, client, response))
    .then(
      (tokens) => tokens.access_token,
      (error) => `${error.status} ${error.error}`,
    );
};
const seen = {
  issued: typeof client.client_secret,
  method: client.token_endpoint_auth_method ?? 'not said',
  basic: await refresh(oauth.ClientSecretBasic),
  post: await refresh(oauth.ClientSecretPost),
};
const recorded = {
  issued: 'string',
  method: 'not said',
  basic: '400 invalid_request',
  post: 'fresh',
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: mcpAuthRouter refuses by Basic the secret that it issued, and takes it in the body.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "issued-secret-is-refused-by-basic: changed, or could not be run (see above)"; exit 1; }
