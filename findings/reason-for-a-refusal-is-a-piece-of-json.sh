#!/usr/bin/env bash
# mcpAuthRouter writes quotes and line ends into error_description, where RFC 6749 allows neither.
#
# Packages: @modelcontextprotocol/sdk 1.32.2; express 5.3.0; zod 4.6.7.
# Expected, by "Values for the error_description parameter MUST NOT include characters outside the set %x20-21 / %x23-5B
# / %x5D-7E" (RFC 6749 sections 4.1.2.1 and 5.2), and a text "used to assist the client developer".
# Seen 2026-11-30, Node 20.20: a request without code_challenge, or without code_verifier, is refused with zod's list of
# issues as JSON over several lines; at /authorize it goes through the browser in the redirect. A client that checks the
# characters, or shows the text, gets more than it expects.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  @modelcontextprotocol/sdk@1.32.2 \
  express@5.3.0 \
  zod@4.6.7 > npm.log
cat > look.mjs <<'JS'
import http from 'node:http';
import express from 'express';
import { mcpAuthRouter } from '@modelcontextprotocol/sdk/server/auth/router.js';

const app = express();
const web = http.createServer(app);
await new Promise((done) => web.listen(0, '127.0.0.1', done));
const origin = `http://127.0.0.1:${web.address().port}`;
const redirect_uri = 'http://127.0.0.1/callback';
const client = { client_id: 'look', redirect_uris: [redirect_uri] };
const provider = { clientsStore: { getClient: () => client } };
app.use(mcpAuthRouter({ provider, issuerUrl: new URL(origin) }));

// A client of before PKCE: everything that RFC 6749 asks for, and no code_challenge.
const request = new URLSearchParams({
  response_type: 'code',
  client_id: 'look',
  redirect_uri,
  state: '1',
});
const authorize = await fetch(`${origin}/authorize?${request}`, { redirect: 'manual' });
const sentBack = new URL(authorize.headers.get('location')).searchParams;
const token = await fetch(`${origin}/token`, {
  method: 'POST',
  body: new URLSearchParams({ grant_type: 'authorization_code', client_id: 'look', code: 'one' }),
});
const answers = {
  authorize: [sentBack.get('error'), sentBack.get('error_description')],
  token: Object.values(await token.json()),
};
const allowed = /^[\x20-\x21\x23-\x5B\x5D-\x7E]*$/; // RFC 6749, appendix A.8
const seen = {};
for (const [endpoint, [error, description]] of Object.entries(answers)) {
  seen[endpoint] = {
    error,
    allowed: allowed.test(description),
    isJson: Array.isArray(JSON.parse(description)),
  };
}
const each = { error: 'invalid_request', allowed: false, isJson: true };
const recorded = { authorize: each, token: each };

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: mcpAuthRouter answers a missing parameter with JSON in error_description.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "reason-for-a-refusal-is-a-piece-of-json: changed, or could not be run (see above)"; exit 1; }
