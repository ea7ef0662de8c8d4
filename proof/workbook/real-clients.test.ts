/**
 * Clients that know nothing of this workbook get through the whole flow at the reference: oauth4webapi,
 * which is strict and independent of the SDK, and the SDK's own client.
 */
import { auth, type OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type {
  OAuthClientInformationMixed,
  OAuthTokens,
} from '@modelcontextprotocol/sdk/shared/auth.js';
import * as oauth from 'oauth4webapi';
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

describe('oauth4webapi', () => {
  // Loopback goes without TLS, which this library asks for otherwise.
  const options = { [oauth.allowInsecureRequests]: true };

  /** Discovery, from the 401 on. */
  async function discover(): Promise<oauth.AuthorizationServer> {
    const resource = new URL(reference.config.resource);
    const refused = await callTool('no token');
    expect(refused.status).toBe(401);
    const challenge = refused.headers.get('www-authenticate');
    expect(challenge).toContain('resource_metadata=');
    const metadata = await oauth.processResourceDiscoveryResponse(
      resource,
      await oauth.resourceDiscoveryRequest(resource, options),
    );
    const issuer = new URL(metadata.authorization_servers?.[0] ?? '');
    const server = await oauth.processDiscoveryResponse(
      issuer,
      await oauth.discoveryRequest(issuer, { ...options, algorithm: 'oauth2' }),
    );
    expect(server.code_challenge_methods_supported).toEqual(['S256']);
    return server;
  }

  async function signIn(server: oauth.AuthorizationServer, client: oauth.Client) {
    const verifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const url = new URL(server.authorization_endpoint ?? '');
    for (const [name, value] of Object.entries({
      response_type: 'code',
      client_id: client.client_id,
      redirect_uri: CALLBACK,
      scope: 'weather:read weather:write',
      state,
      resource: reference.config.resource,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })) {
      url.searchParams.set(name, value);
    }
    const callback = oauth.validateAuthResponse(server, client, await agreeInBrowser(url), state);
    const redeem = () =>
      oauth.authorizationCodeGrantRequest(
        server,
        client,
        oauth.None(),
        callback,
        CALLBACK,
        verifier,
        {
          ...options,
          additionalParameters: { resource: reference.config.resource },
        },
      );
    const process = async (response: Response) =>
      oauth.processAuthorizationCodeResponse(server, client, response);
    return {
      tokens: await process(await redeem()),
      redeemAgain: async () => process(await redeem()),
    };
  }

  const refresh = async (server: oauth.AuthorizationServer, client: oauth.Client, token: string) =>
    oauth.processRefreshTokenResponse(
      server,
      client,
      await oauth.refreshTokenGrantRequest(server, client, oauth.None(), token, options),
    );

  test('discovers, registers, signs in, calls a tool, refreshes, and is refused a replay', async () => {
    const server = await discover();
    const client = await oauth.processDynamicClientRegistrationResponse(
      await oauth.dynamicClientRegistrationRequest(
        server,
        {
          client_name: 'oauth4webapi',
          redirect_uris: [CALLBACK],
          grant_types: ['authorization_code', 'refresh_token'],
          token_endpoint_auth_method: 'none',
        },
        options,
      ),
    );
    const { tokens, redeemAgain } = await signIn(server, client);
    expect(await weatherWith(tokens.access_token)).toMatchObject({ city: 'Paris' });

    // The library's own resource server agrees that this is an RFC 9068 access token for us.
    const request = new Request(reference.config.resource, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    const claims = await oauth.validateJwtAccessToken(
      server,
      request,
      reference.config.resource,
      options,
    );
    expect(claims).toMatchObject({ sub: 'alice', client_id: client.client_id });

    const next = await refresh(server, client, tokens.refresh_token ?? '');
    expect(await weatherWith(next.access_token)).toMatchObject({ city: 'Paris' });

    await expect(refresh(server, client, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    await expect(redeemAgain()).rejects.toMatchObject({ error: 'invalid_grant' });
    // The replays ended the whole family.
    await expect(refresh(server, client, next.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  test('signs in with a client document instead of a registration', async () => {
    const server = await discover();
    const client = { client_id: 'https://client.example/oauth/client.json' };
    reference.world.web.publish(client.client_id, {
      body: { ...client, client_name: 'Published', redirect_uris: [CALLBACK] },
    });
    expect(server.client_id_metadata_document_supported).toBe(true);
    const { tokens } = await signIn(server, client);
    expect(await weatherWith(tokens.access_token)).toMatchObject({ city: 'Paris' });
  });
});

describe('the SDK’s client', () => {
  /** A client's memory. */
  class Session implements OAuthClientProvider {
    readonly redirectUrl = CALLBACK;
    readonly clientMetadata = {
      client_name: 'SDK',
      redirect_uris: [CALLBACK],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    };
    readonly clientMetadataUrl?: string;
    sentTo: URL | undefined;
    #client: OAuthClientInformationMixed | undefined;
    #tokens: OAuthTokens | undefined;
    #verifier = '';

    constructor(clientMetadataUrl?: string) {
      if (clientMetadataUrl !== undefined) this.clientMetadataUrl = clientMetadataUrl;
    }
    state = () => 'a state';
    clientInformation = () => this.#client;
    saveClientInformation = (client: OAuthClientInformationMixed) => void (this.#client = client);
    tokens = () => this.#tokens;
    saveTokens = (tokens: OAuthTokens) => void (this.#tokens = tokens);
    invalidateCredentials = (which: string) => {
      if (which === 'tokens') this.#tokens = undefined;
    };
    redirectToAuthorization = (url: URL) => void (this.sentTo = url);
    saveCodeVerifier = (verifier: string) => void (this.#verifier = verifier);
    codeVerifier = () => this.#verifier;
  }

  const serverUrl = () => reference.config.resource;

  async function signIn(session: Session): Promise<void> {
    expect(await auth(session, { serverUrl: serverUrl() })).toBe('REDIRECT');
    const back = await agreeInBrowser(session.sentTo ?? new URL('about:blank'));
    expect(back.searchParams.get('state')).toBe('a state');
    const authorizationCode = back.searchParams.get('code') ?? '';
    expect(await auth(session, { serverUrl: serverUrl(), authorizationCode })).toBe('AUTHORIZED');
  }

  /** Connects, lists and calls, with the transport's own handling of tokens. */
  async function useServer(session: Session) {
    const client = new Client({ name: 'workbook', version: '1.0.0' });
    const transport = new StreamableHTTPClientTransport(new URL(serverUrl()), {
      authProvider: session,
    });
    await client.connect(transport);
    const { tools } = await client.listTools();
    const result = await client.callTool({
      name: 'get_weather',
      arguments: { city: 'Paris', units: 'metric' },
    });
    await client.close();
    return { names: tools.map(({ name }) => name), result };
  }

  test('signs in with auth(), calls a tool, and refreshes', async () => {
    const session = new Session();
    await signIn(session);
    const before = session.tokens();
    const { names, result } = await useServer(session);
    expect(names).toContain('get_weather');
    expect(names).not.toContain('list_all_alerts');
    expect(result).toMatchObject({ structuredContent: { city: 'Paris' } });

    // With a refresh token at hand, auth() refreshes instead of asking the user.
    expect(await auth(session, { serverUrl: serverUrl() })).toBe('AUTHORIZED');
    expect(session.tokens()?.access_token).not.toBe(before?.access_token);
    expect((await useServer(session)).result).toMatchObject({
      structuredContent: { city: 'Paris' },
    });

    // A replay of the first refresh token ends the sign-in: auth() has to ask the user again.
    session.saveTokens(before as OAuthTokens);
    expect(await auth(session, { serverUrl: serverUrl() })).toBe('REDIRECT');
  });

  test('presents a URL as its client_id where the metadata says that it may', async () => {
    const url = 'https://sdk-client.example/oauth/client.json';
    const session = new Session(url);
    reference.world.web.publish(url, { body: { ...session.clientMetadata, client_id: url } });
    await signIn(session);
    expect(session.clientInformation()).toMatchObject({ client_id: url });
    expect((await useServer(session)).result).toMatchObject({
      structuredContent: { city: 'Paris' },
    });
  });
});

const callTool = (token: string): Promise<Response> =>
  fetch(reference.config.resource, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-11-25',
      ...(token === 'no token' ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'get_weather', arguments: { city: 'Paris', units: 'metric' } },
    }),
  });

async function weatherWith(token: string): Promise<unknown> {
  const { result } = (await (await callTool(token)).json()) as {
    result: { structuredContent: unknown };
  };
  return result.structuredContent;
}
