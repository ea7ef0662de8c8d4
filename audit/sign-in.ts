/**
 * Gets a token as a client does: authorization code with PKCE, for this resource. The user signs in
 * in a browser of their own; the audit sees the code that comes back, and no password.
 */
import { randomBytes } from 'node:crypto';
import { makeProof } from '../catalogue/attacks/oauth-client.ts';
import { listenForCallback } from './callback-listener.ts';
import { isPrivateWay } from './near-names.ts';
import type { Ask, PoliteClient } from './polite-client.ts';
import { clientMetadata } from './probe-authorization.ts';
import type { SignedIn } from './probe-signed-in.ts';
import type { SignIn } from './probes.ts';
import {
  addressIn,
  documentIn,
  issuerIn,
  resourceMetadata,
  scopeOf,
  serverMetadata,
  stringsIn,
} from './read-seen.ts';
import { describe, quote } from './requirement.ts';
import type { Answer, Seen } from './seen.ts';

export interface SignInOptions {
  /** Of a client that the authorization server knows; else one is registered. */
  clientId?: string | undefined;
  /** Asks the user to open this. */
  show: (authorizationUrl: URL) => void;
  /** For the user, to sign in. */
  withinMs?: number;
}

/** There is no token. The message says why, and quotes safely. */
export class SignInFailed extends Error {
  override readonly name = 'SignInFailed';
}

type Document = Record<string, unknown>;
const WITHIN_MS = 3 * 60 * 1000;

export const signInWith =
  ({ clientId, show, withinMs = WITHIN_MS }: SignInOptions): SignIn =>
  async (answers, client) => {
    const metadata = readMetadata(answers);
    const listener = await listenForCallback();
    try {
      const { redirectUri } = listener;
      const registered: Client =
        clientId === undefined
          ? await register(answers, metadata, redirectUri, client)
          : { id: clientId };
      const proof = makeProof();
      const state = randomBytes(16).toString('base64url');
      const asked = { client_id: registered.id, redirect_uri: redirectUri, ...resourceOf(answers) };
      const url = endpointIn(metadata, 'authorization_endpoint');
      const parameters = {
        ...asked,
        ...scopeOf(answers),
        response_type: 'code',
        state,
        code_challenge: proof.challenge,
        code_challenge_method: 'S256',
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      show(url);
      const answer = await listener.answerTo(state, withinMs);
      if (!answer) throw new SignInFailed('Nobody signed in, in the time there was.');
      const code = codeIn(answer, metadata);
      const grant = { ...asked, code, code_verifier: proof.verifier };
      return await redeem(metadata, registered, grant, client);
    } finally {
      listener.close();
    }
  };

/** As a client has to read it: of the issuer that was expected, and with S256. */
function readMetadata(answers: Seen['answers']): Document {
  const metadata = serverMetadata(answers);
  if (!metadata)
    throw new SignInFailed('The server leads to no metadata of an authorization server.');
  const expected = issuerIn(answers);
  if (expected !== undefined && metadata.issuer !== expected) {
    throw new SignInFailed(`${quote(expected)} calls itself ${quote(metadata.issuer)}.`);
  }
  if (!stringsIn(metadata.code_challenge_methods_supported).includes('S256')) {
    throw new SignInFailed('The authorization server does not offer PKCE with S256.');
  }
  return metadata;
}

function endpointIn(metadata: Document, member: string): URL {
  const url = addressIn(metadata, member);
  if (!url) throw new SignInFailed(`The authorization server names no ${member}.`);
  if (!isPrivateWay(url)) throw new SignInFailed(`The ${member} is ${quote(url.href)}, not https.`);
  return url;
}

const resourceOf = (answers: Seen['answers']): Record<string, string> => {
  const resource = resourceMetadata(answers)?.document.resource;
  return typeof resource === 'string' ? { resource } : {};
};

interface Client {
  id: string;
  secret?: string;
  /** How the secret is shown: in the body, or else in a header (RFC 6749 §2.3.1). */
  isPosted?: boolean;
}

async function register(
  answers: Seen['answers'],
  metadata: Document,
  redirectUri: string,
  client: PoliteClient,
): Promise<Client> {
  const url = addressIn(metadata, 'registration_endpoint');
  if (!url) throw new SignInFailed('Clients cannot register there. Give one with --client-id.');
  const reply = await client.ask({
    url: endpointIn(metadata, 'registration_endpoint'),
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(clientMetadata(redirectUri, metadata, scopeOf(answers))),
  });
  const {
    client_id: id,
    client_secret: secret,
    token_endpoint_auth_method: method,
  } = documentIn(reply) ?? {};
  if (typeof id !== 'string') throw new SignInFailed(`No client was registered: ${say(reply)}`);
  // Some servers make a secret for everybody; whether it is needed is what the method says.
  if (method === 'none' || typeof secret !== 'string') return { id };
  return { id, secret, isPosted: method === 'client_secret_post' };
}

/** Compared as texts, and before anything else in the answer is believed (RFC 9207 §2.4). */
function codeIn(answer: URLSearchParams, metadata: Document): string {
  const iss = answer.get('iss');
  const isPromised = metadata.authorization_response_iss_parameter_supported === true;
  if (iss === null ? isPromised : iss !== metadata.issuer) {
    throw new SignInFailed(
      iss === null
        ? 'The answer has no iss, though the metadata promises it.'
        : `The answer is from ${quote(iss)}.`,
    );
  }
  const code = answer.get('code');
  if (code !== null) return code;
  throw new SignInFailed(`The authorization server answered ${quote(answer.get('error') ?? '')}.`);
}

async function redeem(
  metadata: Document,
  registered: Client,
  parameters: Record<string, string>,
  client: PoliteClient,
): Promise<SignedIn> {
  const code = tokenRequest(metadata, registered, {
    ...parameters,
    grant_type: 'authorization_code',
  });
  const reply = await client.ask(code);
  const {
    access_token: token,
    token_type: type,
    refresh_token: refreshToken,
  } = documentIn(reply) ?? {};
  if (typeof token !== 'string' || !/^[!-~]+$/.test(token)) {
    throw new SignInFailed(`The code gave no token: ${say(reply)}`);
  }
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer') {
    throw new SignInFailed(`The token is of the type ${quote(type)}, and no bearer token.`);
  }
  const { code: _code, code_verifier: _verifier, redirect_uri: _uri, ...lasting } = parameters;
  return {
    token,
    isPublic: registered.secret === undefined,
    code,
    ...(typeof refreshToken === 'string' && { refreshToken }),
    refresh: (used) =>
      tokenRequest(metadata, registered, {
        ...lasting,
        grant_type: 'refresh_token',
        refresh_token: used,
      }),
  };
}

function tokenRequest(
  metadata: Document,
  { id, secret, isPosted }: Client,
  parameters: Record<string, string>,
): Ask {
  const pair = [id, secret ?? ''].map(encodeURIComponent).join(':');
  const isBasic = secret !== undefined && !isPosted;
  return {
    url: endpointIn(metadata, 'token_endpoint'),
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      ...(isBasic ? { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } : {}),
    },
    body: new URLSearchParams({
      ...parameters,
      ...(secret !== undefined && isPosted ? { client_secret: secret } : {}),
    }).toString(),
  };
}

/** Without the body, which may hold secrets. */
const say = (answer: Answer): string =>
  answer.kind === 'silence' ? answer.why : `it answered ${describe(answer)}.`;
