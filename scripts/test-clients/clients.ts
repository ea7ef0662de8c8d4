/** The real clients, each driven through what it offers itself. Their packages stand in this folder. */
import * as oauth from 'oauth4webapi';
import { CALLBACK } from '../../catalogue/attacks/oauth-client.ts';
import { Memory, type Tokens } from './memory.ts';

export interface RealClient {
  name: string;
  /** Signs in, registering first if the client has no id or was told that it has none. */
  signIn(memory: Memory, serverUrl: string): Promise<void>;
  /** The weather of Paris as text, `times` at once. What the client does about a 401 is its own. */
  call(memory: Memory, serverUrl: string, times: number): Promise<string[]>;
}

interface AuthFunction {
  (provider: Memory, options: Record<string, unknown>): Promise<'AUTHORIZED' | 'REDIRECT'>;
}
interface McpClient {
  connect(transport: unknown): Promise<void>;
  listTools(): Promise<{ tools: { name: string }[] }>;
  callTool(call: unknown): Promise<unknown>;
  close(): Promise<void>;
}
type Package = Record<string, unknown>;

const WEATHER = { name: 'get_weather', arguments: { city: 'Paris', units: 'metric' } };
const REPORT = { name: 'read_report', arguments: { name: '2026-03-paris.txt' } };
const load = async (name: string): Promise<Package> => (await import(name)) as Package;
const together = <T>(times: number, work: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, work));

/** With a function `auth` that goes as far as the page, and then from there. */
const signInBy =
  (auth: AuthFunction): RealClient['signIn'] =>
  async (memory, serverUrl) => {
    if ((await auth(memory, { serverUrl })) === 'AUTHORIZED') return;
    const back = await memory.agree();
    const [code, state, iss] = ['code', 'state', 'iss'].map((name) => back.get(name) ?? undefined);
    const answer = { authorizationCode: code, iss, callbackState: state, callbackIssuer: iss };
    await auth(memory, { serverUrl, ...answer });
  };

/** Both generations of the TypeScript SDK, with their transport's own handling of a 401. */
function sdk(
  name: string,
  auth: unknown,
  Client: unknown,
  Transport: unknown,
  options: object = {},
): RealClient {
  const NewClient = Client as new (info: object, options: object) => McpClient;
  const NewTransport = Transport as new (url: URL, options: object) => unknown;
  return {
    name,
    signIn: signInBy(auth as AuthFunction),
    async call(memory, serverUrl, times) {
      const client = new NewClient({ name: 'real', version: '1.0.0' }, options);
      await client.connect(new NewTransport(new URL(serverUrl), { authProvider: memory }));
      try {
        const { tools } = await client.listTools();
        if (!tools.some(({ name: tool }) => tool === WEATHER.name)) throw new Error('no such tool');
        // Its argument is repeated in a header, in 2026-07-28.
        const report = JSON.stringify(await client.callTool(REPORT));
        if (!report.includes('Paris')) throw new Error(`no report, but ${report.slice(0, 200)}`);
        if (times > 1) memory.expire();
        const results = await together(times, () => client.callTool(WEATHER));
        return results.map((result) => JSON.stringify(result));
      } finally {
        await client.close();
      }
    },
  };
}

export async function loadClients(): Promise<RealClient[]> {
  const v1: Package = {
    ...(await load('@modelcontextprotocol/sdk/client/index.js')),
    ...(await load('@modelcontextprotocol/sdk/client/auth.js')),
    ...(await load('@modelcontextprotocol/sdk/client/streamableHttp.js')),
  };
  const v2 = await load('@modelcontextprotocol/client');
  return [
    sdk('@modelcontextprotocol/sdk 1.32.2', v1.auth, v1.Client, v1.StreamableHTTPClientTransport),
    sdk('@modelcontextprotocol/client 2.4.0', v2.auth, v2.Client, v2.StreamableHTTPClientTransport),
    sdk(
      '@modelcontextprotocol/client 2.4.0, in 2026-07-28',
      v2.auth,
      v2.Client,
      v2.StreamableHTTPClientTransport,
      { versionNegotiation: { mode: { pin: '2026-07-28' } } },
    ),
    aiSdk(await load('@ai-sdk/mcp')),
    langChain(await load('@langchain/mcp-adapters'), v1.auth as AuthFunction),
    library('openid-client 6.9.0', refreshByOpenidClient(await load('openid-client'))),
    library('oauth4webapi 3.8.8', refreshByOauth4webapi),
  ];
}

function aiSdk({ auth, createMCPClient }: Package): RealClient {
  type Tool = { execute(input: unknown, options: unknown): Promise<unknown> };
  type Made = { tools(): Promise<Record<string, Tool>>; close(): Promise<void> };
  const create = createMCPClient as (options: object) => Promise<Made>;
  return {
    name: '@ai-sdk/mcp 2.0.99',
    signIn: signInBy(auth as AuthFunction),
    async call(memory, url, times) {
      const client = await create({ transport: { type: 'http', url, authProvider: memory } });
      try {
        const { get_weather: tool } = await client.tools();
        if (times > 1) memory.expire();
        const call = () => tool?.execute(WEATHER.arguments, { toolCallId: '1', messages: [] });
        return (await together(times, async () => call())).map((said) => JSON.stringify(said));
      } finally {
        await client.close();
      }
    },
  };
}

function langChain({ MultiServerMCPClient }: Package, auth: AuthFunction): RealClient {
  type Tool = { name: string; invoke(input: unknown): Promise<unknown> };
  type Made = { getTools(): Promise<Tool[]>; close(): Promise<void> };
  const Multi = MultiServerMCPClient as new (options: object) => Made;
  return {
    name: '@langchain/mcp-adapters 1.1.4',
    signIn: signInBy(auth),
    async call(memory, url, times) {
      const server = { transport: 'http', url, authProvider: memory, automaticSSEFallback: false };
      const client = new Multi({ mcpServers: { weather: server } });
      try {
        const tool = (await client.getTools()).find(({ name }) => name.endsWith('get_weather'));
        if (times > 1) memory.expire();
        const results = await together(times, async () => tool?.invoke(WEATHER.arguments));
        return results.map((result) => JSON.stringify(result));
      } finally {
        await client.close();
      }
    },
  };
}

/** Refreshes by the token that is remembered. Throws the library's error, whose `error` is OAuth's. */
type Refresh = (issuer: URL, clientId: string, refreshToken: string) => Promise<Tokens>;

const insecure = { [oauth.allowInsecureRequests]: true };
const serverOf = async (issuer: URL): Promise<oauth.AuthorizationServer> =>
  oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, { ...insecure, algorithm: 'oauth2' }),
  );

const refreshByOauth4webapi: Refresh = async (issuer, client_id, refreshToken) => {
  const server = await serverOf(issuer);
  const client = { client_id };
  const none = oauth.None();
  const answer = oauth.refreshTokenGrantRequest(server, client, none, refreshToken, insecure);
  return oauth.processRefreshTokenResponse(server, client, await answer);
};

const refreshByOpenidClient = ({ discovery, None, ...rest }: Package): Refresh => {
  type Configuration = object;
  const discover = discovery as (...asked: unknown[]) => Promise<Configuration>;
  const none = None as () => unknown;
  const refresh = rest.refreshTokenGrant as (config: object, token: string) => Promise<Tokens>;
  return async (issuer, clientId, refreshToken) => {
    const options = { algorithm: 'oauth2', execute: [rest.allowInsecureRequests] };
    const config = await discover(issuer, clientId, undefined, none(), options);
    return refresh(config, refreshToken);
  };
};

/**
 * A library has no client around it: it registers when it is told `invalid_client`, signs in when a
 * refresh fails, and refreshes once for each call in flight, as an application would that is built on it.
 */
function library(name: string, refresh: Refresh): RealClient {
  const issuerOf = (serverUrl: string): URL => new URL(new URL(serverUrl).origin);

  async function signIn(memory: Memory, serverUrl: string): Promise<void> {
    const issuer = issuerOf(serverUrl);
    const server = await serverOf(issuer);
    const token = memory.tokens()?.refresh_token;
    const known = memory.clientInformation();
    if (known && token) {
      try {
        return memory.saveTokens(await refresh(issuer, known.client_id, token));
      } catch (error) {
        const isUnknown = (error as { error?: unknown }).error === 'invalid_client';
        memory.invalidateCredentials(isUnknown ? 'all' : 'tokens');
      }
    }
    if (!memory.clientInformation()) {
      const asked = oauth.dynamicClientRegistrationRequest(server, memory.clientMetadata, insecure);
      const made = await oauth.processDynamicClientRegistrationResponse(await asked);
      memory.saveClientInformation({ client_id: made.client_id });
    }
    const client = { client_id: memory.clientInformation()?.client_id ?? '' };
    const verifier = oauth.generateRandomCodeVerifier();
    const url = new URL(server.authorization_endpoint ?? '');
    url.search = new URLSearchParams({
      response_type: 'code',
      ...client,
      redirect_uri: CALLBACK,
      state: memory.state(),
      resource: serverUrl,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).toString();
    memory.redirectToAuthorization(url);
    const back = oauth.validateAuthResponse(server, client, await memory.agree(), 'a state');
    const none = oauth.None();
    const asked = { ...insecure, additionalParameters: { resource: serverUrl } };
    const answer = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      none,
      back,
      CALLBACK,
      verifier,
      asked,
    );
    memory.saveTokens(await oauth.processAuthorizationCodeResponse(server, client, answer));
  }

  return {
    name,
    signIn,
    async call(memory, serverUrl, times) {
      if (times > 1) {
        const token = memory.tokens()?.refresh_token ?? '';
        const { client_id = '' } = memory.clientInformation() ?? {};
        for (const tokens of await together(times, () =>
          refresh(issuerOf(serverUrl), client_id, token),
        )) {
          memory.saveTokens(tokens);
        }
      }
      return together(times, () => callWith(serverUrl, memory.tokens()?.access_token ?? ''));
    },
  };
}

async function callWith(serverUrl: string, token: string): Promise<string> {
  const answer = await fetch(serverUrl, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: WEATHER }),
  });
  return answer.text();
}
