#!/usr/bin/env bash
# A client secret with "+" or "%" works with openid-client and is refused when an MCP client sends it.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; @modelcontextprotocol/client 2.4.0; openid-client 6.9.0; oidc-provider 9.13.3.
# Expected, by who copies a generated secret into three programs: client_secret_basic is one thing.
# Seen 2026-11-29, Node 20.20: RFC 6749 section 2.3.1 wants both halves form-encoded before Base64. openid-client does so,
# oidc-provider decodes; ClientCredentialsProvider of both SDKs sends them as they are, and the provider answers
# invalid_client. A secret of letters and digits hides the difference.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/sdk@1.32.2 \
  @modelcontextprotocol/client@2.4.0 \
  zod@4.6.7 \
  openid-client@6.9.0 \
  oidc-provider@9.13.3 > npm.log
cat > look.mjs <<'JS'
import http from 'node:http';
import * as openid from 'openid-client';
import { auth as authV1 } from '@modelcontextprotocol/sdk/client/auth.js';
import { ClientCredentialsProvider as CredentialsV1 } from '@modelcontextprotocol/sdk/client/auth-extensions.js';
import {
  auth as authV2,
  ClientCredentialsProvider as CredentialsV2,
} from '@modelcontextprotocol/client';

console.warn = console.info = console.debug = () => {};
const { Provider } = await import('oidc-provider'); // warns of Node 20 when it is loaded
const secrets = { plain: 'sunandrain20', special: 'sun+rain%20' };
const server = http.createServer();
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const issuer = `http://127.0.0.1:${server.address().port}`;
const clients = Object.entries(secrets).map(([client_id, client_secret]) => ({
  client_id,
  client_secret,
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
}));
const features = { clientCredentials: { enabled: true }, devInteractions: { enabled: false } };
server.on('request', new Provider(issuer, { clients, features }).callback());

const ways = {
  openid: async (id, secret) => {
    const options = { execute: [openid.allowInsecureRequests] };
    const config = await openid.discovery(
      new URL(issuer),
      id,
      undefined,
      openid.ClientSecretBasic(secret),
      options,
    );
    return openid.clientCredentialsGrant(config);
  },
  v1: (id, secret) => sdk(authV1, CredentialsV1, id, secret),
  v2: (id, secret) => sdk(authV2, CredentialsV2, id, secret),
};
async function sdk(auth, Credentials, clientId, clientSecret) {
  const provider = new Credentials({ clientId, clientSecret, expectedIssuer: issuer });
  await auth(provider, { serverUrl: `${issuer}/mcp` });
  return provider.tokens();
}
const seen = {};
for (const [way, ask] of Object.entries(ways)) {
  const outcome = (id) =>
    ask(id, secrets[id]).then(
      (tokens) => tokens.token_type.toLowerCase(),
      () => 'refused',
    );
  seen[way] = [await outcome('plain'), await outcome('special')];
}
const recorded = {
  openid: ['bearer', 'bearer'],
  v1: ['bearer', 'refused'],
  v2: ['bearer', 'refused'],
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: oidc-provider takes a secret with + and % from openid-client and refuses it from both MCP SDKs.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "secret-with-a-plus-fails-in-one-client: changed, or could not be run (see above)"; exit 1; }
