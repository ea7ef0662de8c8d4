#!/usr/bin/env bash
# createRemoteJWKSet does not fetch a new key if it has fetched in the last thirty seconds.
#
# Packages: jose 6.2.18.
# Expected, by who verifies an access token in an MCP server: an unknown kid makes the set fetch again, as its purpose is.
# Seen 2026-11-29, Node 20.20: one token verified, then the authorization server publishes a second key and signs with it:
# ERR_JWKS_NO_MATCHING_KEY without a request, although the answer said Cache-Control: no-store. With cooldownDuration: 0
# the same token passes. A server that has just started, or one key published at the moment it is first used, shows it.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{ "private": true, "type": "module" }' > package.json
timeout 900 npm install --loglevel=error --no-audit --no-fund --ignore-scripts --before=2026-11-30 \
  jose@6.2.18 > npm.log
cat > look.mjs <<'JS'
import http from 'node:http';
import { SignJWT, createRemoteJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose';

async function newKey(kid) {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES256' };
  const token = await new SignJWT({ scope: 'weather:read' })
    .setProtectedHeader({ alg: 'ES256', kid })
    .setExpirationTime('1h')
    .sign(privateKey);
  return { jwk, token };
}
const [older, newer] = [await newKey('older'), await newKey('newer')];
let keys, requests;
const server = http.createServer((request, response) => {
  requests += 1;
  response
    .writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
    .end(JSON.stringify({ keys }));
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const url = new URL(`http://127.0.0.1:${server.address().port}/jwks`);

async function look(options) {
  [keys, requests] = [[older.jwk], 0];
  const set = createRemoteJWKSet(url, options);
  const verify = ({ token }) =>
    jwtVerify(token, set).then(
      () => 'passes',
      (error) => error.code,
    );
  const before = await verify(older);
  keys = [older.jwk, newer.jwk];
  return { before, after: await verify(newer), requests };
}
const seen = { byDefault: await look({}), without: await look({ cooldownDuration: 0 }) };
const recorded = {
  byDefault: { before: 'passes', after: 'ERR_JWKS_NO_MATCHING_KEY', requests: 1 },
  without: { before: 'passes', after: 'passes', requests: 2 },
};

if (JSON.stringify(seen) !== JSON.stringify(recorded)) {
  console.log('Changed. Now seen: ' + JSON.stringify(seen, null, 2));
  process.exit(1);
}
console.log(
  'As recorded: a key published after the first fetch is unknown to jose until thirty seconds have passed.',
);
process.exit(0);
JS
timeout 150 node look.mjs || { echo "rotated-key-is-unknown-for-thirty-seconds: changed, or could not be run (see above)"; exit 1; }
