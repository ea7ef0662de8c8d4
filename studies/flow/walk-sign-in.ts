/** The client that walks the authorization code flow, with some of its steps spoiled. */
import type { LabSession } from '../../lab/protocol.ts';
import {
  authorize,
  CALLBACK,
  makeProof,
  redeem,
  refresh,
  register,
  tokensIn,
  type Changes,
} from '../../catalogue/attacks/oauth-client.ts';
import {
  bearerParameters,
  describeReply,
  PARIS,
  succeeded,
} from '../../catalogue/attacks/replies.ts';
import { carry, decodedJwt, errorOf, members } from './carry.ts';
import type { Carried } from './shared.ts';
import type { SignInStep } from './sign-in-flow.ts';
import type { StepResult, Walker } from './walker.ts';

const EVIL_REDIRECT = 'https://evil.example/cb';
const EVIL_RESOURCE = 'https://billing.example/api';

/** What the client knows by now. */
interface Client {
  lab: LabSession;
  /** Ids of the switches that are on. */
  on: ReadonlySet<string>;
  clientId?: string;
  verifier?: string;
  code?: string;
  accessToken?: string;
  refreshToken?: string;
}

export function beginSignIn(lab: LabSession, on: ReadonlySet<string>): Walker<SignInStep> {
  const client: Client = { lab, on };
  return {
    challenge: () => askWithoutToken(client),
    'resource-metadata': () => readResourceMetadata(client),
    'server-metadata': () => readServerMetadata(client),
    registration: () => becomeClient(client),
    authorization: () => askUser(client),
    token: () => redeemCode(client),
    call: () => callTool(client),
    refresh: () => staySignedIn(client),
  };
}

async function askWithoutToken({ lab }: Client): Promise<StepResult> {
  const reply = await lab.call('get_weather', PARIS, { label: 'call without a token' });
  if (succeeded(reply)) {
    return {
      outcome: 'done',
      summary: 'The tool ran for somebody who showed no token.',
      remarks: ['There was no challenge, so a client does not learn that it should sign in.'],
    };
  }
  const metadata = bearerParameters(reply.headers['www-authenticate'])?.resource_metadata;
  if (metadata !== undefined && reply.status === 401) {
    return {
      outcome: 'done',
      summary: 'The server asks for a token and says where to read on.',
      carried: [{ name: 'resource_metadata', value: metadata }],
    };
  }
  if (reply.status === 0 || reply.status >= 500) {
    return { outcome: 'failed', summary: `The server ran into an error: ${describeReply(reply)}` };
  }
  return {
    outcome: 'done',
    summary: `The server refused the call with HTTP ${reply.status}.`,
    remarks: [
      'Only 401 with resource_metadata tells a client that it should sign in, and where (topics 01 and 05). This one goes on by itself.',
    ],
  };
}

async function readResourceMetadata({ lab }: Client): Promise<StepResult> {
  const reply = await lab.send(
    { path: '/.well-known/oauth-protected-resource/mcp' },
    'protected resource metadata',
  );
  const { resource, authorization_servers: servers } = members(reply);
  const remarks: string[] = [];
  if (resource !== lab.config.resource) {
    remarks.push('The document is about another resource, so a careful client does not use it.');
  }
  const [issuer] = Array.isArray(servers) ? (servers as unknown[]) : [];
  if (typeof issuer !== 'string') remarks.push('It does not say who issues tokens.');
  return reply.status === 200
    ? {
        outcome: 'done',
        summary: 'The document was read.',
        remarks,
        carried: carry({ resource, authorization_server: issuer }),
      }
    : { outcome: 'failed', summary: `There is no document: ${describeReply(reply)}` };
}

async function readServerMetadata({ lab }: Client): Promise<StepResult> {
  const reply = await lab.send(
    { path: '/.well-known/oauth-authorization-server' },
    'authorization server metadata',
  );
  const document = members(reply);
  const remarks: string[] = [];
  if (document.issuer !== lab.config.issuer) {
    remarks.push('The issuer is not the one that was asked for, so a careful client stops.');
  }
  const methods = document.code_challenge_methods_supported;
  if (!Array.isArray(methods) || !methods.includes('S256')) {
    remarks.push('It does not promise S256, so an MCP client must refuse to go on.');
  }
  const { issuer, authorization_endpoint, token_endpoint, registration_endpoint } = document;
  return reply.status === 200
    ? {
        outcome: 'done',
        summary: 'The document was read.',
        remarks,
        carried: carry({ issuer, authorization_endpoint, token_endpoint, registration_endpoint }),
      }
    : { outcome: 'failed', summary: `There is no document: ${describeReply(reply)}` };
}

async function becomeClient(client: Client): Promise<StepResult> {
  const reply = await register(client.lab);
  const { client_id } = members(reply);
  if (typeof client_id !== 'string') {
    return { outcome: 'failed', summary: `No client_id: ${describeReply(reply)}`, ends: true };
  }
  client.clientId = client_id;
  return {
    outcome: 'done',
    summary: 'The client has a client_id.',
    carried: carry({ client_id, redirect_uri: CALLBACK }),
  };
}

async function askUser(client: Client): Promise<StepResult> {
  const { lab, on, clientId = '' } = client;
  const { verifier, challenge } = makeProof();
  const changes: Changes = { code_challenge: challenge };
  if (on.has('plain')) {
    Object.assign(changes, { code_challenge: verifier, code_challenge_method: 'plain' });
  }
  if (on.has('no-challenge')) {
    Object.assign(changes, { code_challenge: null, code_challenge_method: null });
  }
  if (on.has('other-redirect')) changes.redirect_uri = EVIL_REDIRECT;
  const answer = await authorize(lab, clientId, changes);
  client.verifier = verifier;
  const carried = carry({
    code_verifier: verifier,
    code_challenge: changes.code_challenge,
    state: answer.state,
    iss: answer.iss,
    code: answer.code,
    error: answer.error,
  });
  const spoiled = on.has('plain') || on.has('no-challenge') || on.has('other-redirect');
  if (answer.code === undefined) {
    const where =
      answer.location === undefined
        ? 'The server refused on a page of its own'
        : `The server sent the client back with ${answer.error ?? 'no code'}`;
    return {
      outcome: spoiled ? 'refused' : 'failed',
      summary: `${where}.`,
      carried,
      ends: true,
    };
  }
  client.code = answer.code;
  const remarks: string[] = [];
  if (answer.state !== lab.nonce) remarks.push('state did not come back as it was sent.');
  if (answer.iss !== lab.config.issuer) {
    remarks.push('iss does not say who answers, so a client of several servers cannot tell.');
  }
  const [where] = (answer.location ?? '').split('?');
  return {
    outcome: 'done',
    summary: `The browser went to ${where} with a code.`,
    carried,
    remarks,
  };
}

async function redeemCode(client: Client): Promise<StepResult> {
  const { lab, on, clientId = '', code = '', verifier = '' } = client;
  const changes: Changes = {};
  if (on.has('other-redirect')) changes.redirect_uri = EVIL_REDIRECT;
  if (on.has('swap-verifier')) changes.code_verifier = makeProof().verifier;
  if (on.has('drop-verifier')) changes.code_verifier = null;
  if (on.has('wrong-resource')) changes.resource = EVIL_RESOURCE;
  if (on.has('other-client')) {
    const { client_id } = members(await register(lab));
    changes.client_id = String(client_id);
  }
  const first = await redeem(lab, clientId, code, verifier, changes);
  const tokens = tokensIn(first);
  const spoiled = ['swap-verifier', 'drop-verifier', 'wrong-resource', 'other-client'].some((id) =>
    on.has(id),
  );
  if (!tokens) {
    return {
      outcome: spoiled ? 'refused' : 'failed',
      summary: `The server gave no tokens: ${errorOf(first)}.`,
      ends: true,
    };
  }
  client.accessToken = tokens.accessToken;
  if (on.has('other-client')) client.clientId = String(changes.client_id);
  if (tokens.refreshToken !== undefined) client.refreshToken = tokens.refreshToken;
  const carried = carry({
    access_token: tokens.accessToken,
    refresh_token: tokens.refreshToken,
    scope: tokens.scope,
    expires_in: tokens.expiresIn,
  });
  if (!on.has('replay-code'))
    return { outcome: 'done', summary: 'The client has tokens.', carried };
  const second = await redeem(lab, clientId, code, verifier, changes);
  return tokensIn(second)
    ? { outcome: 'done', summary: 'The same code gave tokens twice.', carried }
    : { outcome: 'refused', summary: `The second time: ${errorOf(second)}.`, carried };
}

async function callTool({ lab, on, accessToken = '' }: Client): Promise<StepResult> {
  const admin = { sub: 'admin', scope: 'weather:read weather:admin' };
  const forged: [label: string, token: string][] = [];
  if (on.has('wrong-iss')) {
    const claims = { iss: 'https://other-tenant.example' };
    forged.push(['a token of another issuer', await lab.mint({ claims })]);
  }
  if (on.has('alg-none')) {
    const none = { header: { alg: 'none' }, claims: admin, signWith: 'nothing' as const };
    forged.push(['a token signed by nobody', await lab.mint(none)]);
  }
  if (on.has('expired')) {
    forged.push(['a token that has expired', await lab.mint({ expiresIn: -3600 })]);
  }
  if (forged.length === 0) {
    const reply = await lab.call('get_weather', PARIS, { token: accessToken });
    return succeeded(reply)
      ? { outcome: 'done', summary: 'The tool ran.' }
      : { outcome: 'failed', summary: `The tool did not run: ${describeReply(reply)}` };
  }
  const passed: string[] = [];
  for (const [label, token] of forged) {
    const reply = await lab.call('get_weather', PARIS, { token, label });
    if (succeeded(reply)) passed.push(label);
  }
  const carried = forged.map(([label, token]): Carried => ({
    name: label,
    value: token,
    ...decodedJwt(token),
  }));
  return passed.length > 0
    ? { outcome: 'done', summary: `The tool ran for ${passed.join(' and for ')}.`, carried }
    : { outcome: 'refused', summary: 'The server wants a valid token.', carried };
}

async function staySignedIn({ lab, on, clientId = '', refreshToken }: Client): Promise<StepResult> {
  if (refreshToken === undefined) {
    return { outcome: 'failed', summary: 'The client has no refresh token.' };
  }
  const first = tokensIn(await refresh(lab, clientId, refreshToken));
  if (first?.refreshToken === undefined) {
    return on.has('replay-code')
      ? { outcome: 'done', summary: 'The replay of the code has ended this sign-in as well.' }
      : { outcome: 'failed', summary: 'The refresh token did not work.' };
  }
  const carried = carry({ access_token: first.accessToken, refresh_token: first.refreshToken });
  if (!on.has('old-refresh-token')) {
    return { outcome: 'done', summary: 'The client has new tokens.', carried };
  }
  const second = tokensIn(await refresh(lab, clientId, first.refreshToken));
  const old = await refresh(lab, clientId, refreshToken);
  if (tokensIn(old)) {
    return { outcome: 'done', summary: 'The old refresh token still works.', carried };
  }
  const newest = await refresh(lab, clientId, second?.refreshToken ?? '');
  return tokensIn(newest)
    ? { outcome: 'done', summary: 'The old one was refused, and its family lives on.', carried }
    : {
        outcome: 'refused',
        summary: 'The old one was refused, and the newest has ended with it.',
        carried,
      };
}
