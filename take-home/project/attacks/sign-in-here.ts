/** Signs in at a server of this project, as the authorization server that comes with it allows. */
import { createHash, randomBytes } from 'node:crypto';

const REDIRECT_URI = 'http://127.0.0.1:1/callback';
const SCOPE = 'weather:read weather:write';

/** An access token for one of its demo users; rejects if a step of the flow does not work. */
export async function signInHere(origin: string, user: string): Promise<string> {
  const client = await answered(
    fetch(`${origin}/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_name: 'Audit',
        redirect_uris: [REDIRECT_URI],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
      }),
    }),
  );
  const verifier = randomBytes(32).toString('base64url');
  const request = new URLSearchParams({
    response_type: 'code',
    client_id: memberOf(client, 'client_id'),
    redirect_uri: REDIRECT_URI,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state: randomBytes(8).toString('hex'),
    scope: SCOPE,
    resource: `${origin}/mcp`,
  });
  const page = await fetch(`${origin}/authorize?${request}`);
  const cookies = page.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  const agreed = await fetch(`${origin}/authorize`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookies.join('; '), origin },
    body: new URLSearchParams([
      ...hiddenFields(await page.text()),
      ['user', user],
      ['decision', 'allow'],
    ]),
  });
  const code = new URL(agreed.headers.get('location') ?? '', origin).searchParams.get('code');
  const tokens = await answered(
    fetch(`${origin}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: code ?? '',
        redirect_uri: REDIRECT_URI,
        client_id: memberOf(client, 'client_id'),
        code_verifier: verifier,
        resource: `${origin}/mcp`,
      }),
    }),
  );
  return memberOf(tokens, 'access_token');
}

async function answered(asking: Promise<Response>): Promise<unknown> {
  const response = await asking;
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return response.json();
}

function memberOf(answer: unknown, name: string): string {
  const value = (answer as Record<string, unknown> | null)?.[name];
  if (typeof value !== 'string') throw new Error(`an answer has no ${name}`);
  return value;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

const hiddenFields = (page: string): [string, string][] =>
  [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(
    ([, name = '', value = '']) => [plain(name), plain(value)],
  );

const plain = (text: string): string =>
  text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);
