/**
 * A real OpenID provider and the reference that takes its tokens, each as its command starts it: the
 * SDK's own client finds its way from one to the other, and the provider may then go away.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { auth, type OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type {
  OAuthClientInformationMixed,
  OAuthTokens,
} from '@modelcontextprotocol/sdk/shared/auth.js';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyFreePort } from '../shared/free-port.ts';
import { projectFolder } from '../shared/project-path.ts';

const CALLBACK = 'http://127.0.0.1:9/callback';

const started: ChildProcess[] = [];
let provider: ChildProcess;
let issuer: string;
let resource: string;

beforeAll(async () => {
  const port = await anyFreePort();
  resource = `http://127.0.0.1:${port}/mcp`;
  const providerPort = await anyFreePort();
  issuer = `http://127.0.0.1:${providerPort}`;
  provider = await start(['provider.ts', '--port', String(providerPort), '--resource', resource]);
  await start(['serve.ts', 'solutions', '--port', String(port), '--issuer', issuer]);
});
afterAll(async () => {
  await Promise.all(started.map(stop));
});

async function start([command = '', ...options]: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['scripts/run.mjs', `commands/${command}`, ...options], {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  await new Promise<void>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
      if (output.includes('Listening at')) resolve();
    });
    child.once('exit', () => reject(new Error(`${command} ended: ${output}`)));
  });
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** A client's memory. */
class Session implements OAuthClientProvider {
  readonly redirectUrl = CALLBACK;
  readonly clientMetadata = {
    client_name: 'SDK',
    redirect_uris: [CALLBACK],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    application_type: 'native',
  };
  sentTo: URL | undefined;
  #client: OAuthClientInformationMixed | undefined;
  #tokens: OAuthTokens | undefined;
  #verifier = '';

  state = () => 'a state';
  clientInformation = () => this.#client;
  saveClientInformation = (client: OAuthClientInformationMixed) => void (this.#client = client);
  tokens = () => this.#tokens;
  saveTokens = (tokens: OAuthTokens) => void (this.#tokens = tokens);
  redirectToAuthorization = (url: URL) => void (this.sentTo = url);
  saveCodeVerifier = (verifier: string) => void (this.#verifier = verifier);
  codeVerifier = () => this.#verifier;
}

/** Signs in at the provider's own pages, and agrees; gives the address that the browser is sent back to. */
async function agreeInBrowser(begin: URL): Promise<URL> {
  const cookies = new Map<string, string>();
  const forms = [{ prompt: 'login', login: 'vera', password: 'any' }, { prompt: 'consent' }];
  let here = begin;
  let body: URLSearchParams | undefined;
  for (let step = 0; step < 12; step++) {
    const response = await fetch(here, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(body ? { method: 'POST', body } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    body = undefined;
    const location = response.headers.get('location');
    if (location !== null) {
      here = new URL(location, here);
      if (here.href.startsWith(CALLBACK)) return here;
      continue;
    }
    const [, action] = /<form[^>]* action="([^"]+)"/.exec(await response.text()) ?? [];
    const form = forms.shift();
    if (action === undefined || form === undefined) break;
    here = new URL(action, here);
    body = new URLSearchParams(form);
  }
  throw new Error(`The provider shows something else at ${here.href}.`);
}

async function weather(session: Session): Promise<unknown> {
  const client = new Client({ name: 'workbook', version: '1.0.0' });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(resource), { authProvider: session }),
  );
  const args = { city: 'Paris', units: 'metric' };
  const { structuredContent } = await client.callTool({ name: 'get_weather', arguments: args });
  await client.close();
  return structuredContent;
}

const callWith = (token: string): Promise<Response> =>
  fetch(resource, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });

test('a client signs in at the provider, and its token is good at the server', async () => {
  const session = new Session();
  const authorization = { serverUrl: resource };
  expect(await auth(session, authorization)).toBe('REDIRECT');
  expect(session.sentTo?.origin).toBe(issuer);
  expect(session.sentTo?.searchParams.get('resource')).toBe(resource);
  const back = await agreeInBrowser(session.sentTo ?? new URL('about:blank'));
  const authorizationCode = back.searchParams.get('code') ?? '';
  expect(await auth(session, { ...authorization, authorizationCode })).toBe('AUTHORIZED');

  const token = session.tokens()?.access_token ?? '';
  expect(decodeJwt(token)).toMatchObject({ iss: issuer, aud: resource, sub: 'vera' });
  expect(await weather(session)).toMatchObject({ city: 'Paris' });

  // The server gives out no tokens of its own, and takes none.
  const own = await fetch(new URL('/.well-known/oauth-authorization-server', resource));
  expect(own.status).toBe(404);
  const [header, payload] = token.split('.');
  expect((await callWith(`${header}.${payload}.AAAA`)).status).toBe(401);

  await stop(provider);
  expect((await callWith(token)).status).toBe(200);
});
