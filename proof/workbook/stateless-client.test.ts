/**
 * The new SDK's client, which knows nothing of this workbook, gets through the whole flow at the
 * reference in 2026-07-28, and still does in 2025-11-25.
 */
import {
  auth,
  Client,
  StreamableHTTPClientTransport,
  type ClientOptions,
  type OAuthClientInformationMixed,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  type OAuthTokens,
} from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CALLBACK } from '../../catalogue/attacks/oauth-client.ts';
import {
  agreeInBrowser,
  serveReference,
  type ServedReference,
} from '../../catalogue/serve-reference.ts';

let reference: ServedReference;
beforeAll(async () => {
  reference = await serveReference();
});
afterAll(() => reference.close());

/** A client's memory. */
class Session implements OAuthClientProvider {
  readonly redirectUrl = CALLBACK;
  readonly clientMetadata = {
    client_name: 'New SDK',
    redirect_uris: [CALLBACK],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  };
  sentTo: URL | undefined;
  #client: OAuthClientInformationMixed | undefined;
  #tokens: OAuthTokens | undefined;
  #verifier = '';
  #discovered: OAuthDiscoveryState | undefined;

  clientInformation = () => this.#client;
  saveClientInformation = (client: OAuthClientInformationMixed) => void (this.#client = client);
  tokens = () => this.#tokens;
  saveTokens = (tokens: OAuthTokens) => void (this.#tokens = tokens);
  redirectToAuthorization = (url: URL) => void (this.sentTo = url);
  saveCodeVerifier = (verifier: string) => void (this.#verifier = verifier);
  codeVerifier = () => this.#verifier;
  discoveryState = () => this.#discovered;
  saveDiscoveryState = (state: OAuthDiscoveryState) => void (this.#discovered = state);
}

async function signIn(session: Session): Promise<void> {
  const serverUrl = reference.config.resource;
  expect(await auth(session, { serverUrl })).toBe('REDIRECT');
  const { searchParams } = await agreeInBrowser(session.sentTo ?? new URL('about:blank'));
  const authorizationCode = searchParams.get('code') ?? '';
  const iss = searchParams.get('iss') ?? '';
  expect(await auth(session, { serverUrl, authorizationCode, iss })).toBe('AUTHORIZED');
}

test.each<[string, ClientOptions]>([
  ['2026-07-28', { versionNegotiation: { mode: { pin: '2026-07-28' } } }],
  ['2026-07-28', { versionNegotiation: { mode: 'auto' } }],
  ['2025-11-25', {}],
])('signs in, lists and calls in %s, with %j', async (revision, options) => {
  const session = new Session();
  await signIn(session);
  const client = new Client({ name: 'workbook', version: '1.0.0' }, options);
  const url = new URL(reference.config.resource);
  await client.connect(new StreamableHTTPClientTransport(url, { authProvider: session }));
  expect(client.getNegotiatedProtocolVersion()).toBe(revision);
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['get_weather', 'read_report']),
  );
  const weather = await client.callTool({
    name: 'get_weather',
    arguments: { city: 'São Paulo', units: 'metric' },
  });
  expect(weather).toMatchObject({ structuredContent: { city: 'São Paulo' } });
  // Its argument is repeated in a header.
  const report = await client.callTool({
    name: 'read_report',
    arguments: { name: '2026-03-paris.txt' },
  });
  expect(JSON.stringify(report)).toContain('Paris');
  await client.close();
});

describe('a tool that asks its user', () => {
  const PINNED: ClientOptions = { versionNegotiation: { mode: { pin: '2026-07-28' } } };
  const read: string[] = [];

  /** A client whose user always answers the same; `undefined`: it cannot ask. */
  async function connect(
    action: 'accept' | 'decline' | undefined,
    options: ClientOptions = PINNED,
  ): Promise<Client> {
    const capabilities = action === undefined ? {} : { elicitation: {} };
    const client = new Client({ name: 'workbook', version: '1.0.0' }, { ...options, capabilities });
    if (action !== undefined) {
      client.setRequestHandler('elicitation/create', ({ params }) => {
        read.push(params.message);
        return action === 'accept' ? { action, content: { confirm: true } } : { action };
      });
    }
    const authorization = `Bearer ${await reference.token('asked')}`;
    const url = new URL(reference.config.resource);
    const requestInit = { headers: { authorization } };
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit }));
    return client;
  }

  async function saveAndDelete(client: Client): Promise<Awaited<ReturnType<Client['callTool']>>> {
    const saved = await client.callTool({
      name: 'save_alert',
      arguments: { city: 'Paris', text: 'storm' },
    });
    const { id } = saved.structuredContent as { id: number };
    await client.listTools();
    const result = await client.callTool({ name: 'delete_alert', arguments: { id } });
    await client.close();
    return result;
  }

  test('runs after a yes, to a question that shows what is deleted', async () => {
    const result = await saveAndDelete(await connect('accept'));
    expect(result.structuredContent).toHaveProperty('deleted');
    expect(read.at(-1)).toContain('Paris: “storm”');
  });

  test('does not run after a no, and does not ask again', async () => {
    const before = read.length;
    const result = await saveAndDelete(await connect('decline'));
    expect(result.isError).toBe(true);
    expect(read.length).toBe(before + 1);
  });

  test('tells the model of a client that cannot ask what is missing', async () => {
    const result = await saveAndDelete(await connect(undefined));
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result.content)).toContain('elicitation');
  });

  test('deletes in 2025-11-25 as it always did', async () => {
    const result = await saveAndDelete(await connect(undefined, {}));
    expect(result.structuredContent).toHaveProperty('deleted');
  });
});
