/** Registers at an authorization server on this machine, and sees where it would send browsers. */
import { makeProof } from '../catalogue/attacks/oauth-client.ts';
import type { Asker } from './asker.ts';
import {
  addressIn,
  documentIn,
  resourceMetadata,
  scopeOf,
  serverMetadata,
  stringsIn,
} from './read-seen.ts';
import { FOREIGN_CALLBACK, OWN_CALLBACK, STATE, type Probe } from './seen.ts';

const REGISTRATIONS = ['register a foreign redirect', 'register'] as const;
const AUTHORIZATIONS = [
  'authorize a foreign redirect',
  'authorize without pkce',
  'authorize',
] as const;

export async function probeAuthorization(asker: Asker): Promise<void> {
  const metadata = serverMetadata(asker.answers);
  const registration = addressIn(metadata, 'registration_endpoint');
  if (!registration) {
    return asker.skip(
      'The metadata names no registration_endpoint, and without it there is no client to try it with.',
      ...REGISTRATIONS,
      ...AUTHORIZATIONS,
    );
  }
  const scope = scopeOf(asker.answers);
  const foreignClient = clientMetadata(FOREIGN_CALLBACK, metadata, scope);
  await register(asker, 'register a foreign redirect', registration, foreignClient);
  await register(asker, 'register', registration, clientMetadata(OWN_CALLBACK, metadata, scope));

  const client = documentIn(asker.answers.register)?.client_id;
  const endpoint = addressIn(metadata, 'authorization_endpoint');
  if (typeof client !== 'string' || !endpoint) {
    return asker.skip('No client came about to try it with.', ...AUTHORIZATIONS);
  }
  const { challenge } = makeProof();
  const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
  const ordinary = {
    response_type: 'code',
    client_id: client,
    redirect_uri: OWN_CALLBACK,
    state: STATE,
    ...resourceIn(asker),
    ...scope,
  };
  const foreign = { ...ordinary, ...pkce, redirect_uri: FOREIGN_CALLBACK };
  await visit(asker, 'authorize a foreign redirect', endpoint, foreign);
  await visit(asker, 'authorize without pkce', endpoint, ordinary);
  await visit(asker, 'authorize', endpoint, { ...ordinary, ...pkce });
}

function resourceIn({ answers }: Asker): { resource?: string } {
  const resource = resourceMetadata(answers)?.document.resource;
  return typeof resource === 'string' ? { resource } : {};
}

const register = (asker: Asker, probe: Probe, url: URL, client: object) =>
  asker.ask(probe, {
    url,
    method: 'POST',
    isAttack: true,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(client),
  });

/**
 * @param server its metadata: some refuse a client that names a grant they do not have
 * @param scope what will be asked for: some servers grant a client only what it registered with
 */
export const clientMetadata = (
  redirectUri: string,
  server: Record<string, unknown> | undefined,
  scope: { scope?: string },
) => ({
  client_name: 'Audit of the Secure MCP Workbook',
  redirect_uris: [redirectUri],
  grant_types: [
    'authorization_code',
    ...stringsIn(server?.grant_types_supported).filter((grant) => grant === 'refresh_token'),
  ],
  response_types: ['code'],
  token_endpoint_auth_method: 'none',
  application_type: 'native',
  ...scope,
});

function visit(asker: Asker, probe: Probe, endpoint: URL, parameters: Record<string, string>) {
  const url = new URL(endpoint);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return asker.ask(probe, { url, isAttack: true, headers: { accept: 'text/html' } });
}
