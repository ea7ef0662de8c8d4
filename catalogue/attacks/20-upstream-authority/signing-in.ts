/** Users and clients of a server whose users sign in at Skydiary. */
import { randomBytes } from 'node:crypto';
import { StepFailed, type LabReply, type LabSession } from '../../../lab/protocol.ts';
import type { Reference } from '../../../lab/attack.ts';
import { link, rfc } from '../references.ts';
import {
  authorizationQuery,
  makeProof,
  redeem,
  registerClient,
  tokensIn,
  type Changes,
  type Proof,
} from '../oauth-client.ts';
import { describeReply, succeeded } from '../replies.ts';
import { answerAt, Browser, describePlace, type Initiator, type Place } from './browser.ts';

const PRACTICES =
  'https://modelcontextprotocol.io/docs/2026-07-28/tutorials/security/security_best_practices';
export const confusedDeputy = link(
  'MCP, Security Best Practices: Confused Deputy Problem',
  `${PRACTICES}#confused-deputy-problem`,
);
export const stateOfProxies = link(
  'MCP, Security Best Practices: OAuth State Parameter Validation',
  `${PRACTICES}#oauth-state-parameter-validation`,
);
export const tokenPassthrough = link(
  'MCP, Security Best Practices: Token Passthrough',
  `${PRACTICES}#token-passthrough`,
);
export const exchange: Reference = rfc(8693, '2.1');

export interface Client {
  clientId: string;
  redirectUri: string;
  /** What it expects back. */
  state: string;
  proof: Proof;
}

/** A client that asks for what clients ask for, with a state of its own. */
export async function newClient(
  lab: LabSession,
  { name = 'Weather app', redirectUris = ['http://127.0.0.1:9/callback'] } = {},
): Promise<Client> {
  const clientId = await registerClient(lab, { client_name: name, redirect_uris: redirectUris });
  const state = randomBytes(12).toString('base64url');
  return { clientId, redirectUri: redirectUris[0] ?? '', state, proof: makeProof() };
}

/** The same app, asking anew, or on another machine. */
export const again = (client: Client): Client => ({
  ...client,
  state: randomBytes(12).toString('base64url'),
  proof: makeProof(),
});

export const evilRedirect = (lab: LabSession): string => `https://evil-${lab.nonce}.example/cb`;

/** A client that an attacker has registered. */
export const evilClient = (lab: LabSession, name = 'Weather app'): Promise<Client> =>
  newClient(lab, { name, redirectUris: [evilRedirect(lab)] });

/** The link that a client opens in a browser. */
export function linkOf(
  lab: LabSession,
  { clientId, redirectUri, state, proof }: Client,
  changes: Changes = {},
): string {
  const query = authorizationQuery(lab, clientId, {
    redirect_uri: redirectUri,
    state,
    code_challenge: proof.challenge,
    ...changes,
  });
  return `${lab.config.issuer}/authorize?${query}`;
}

export const openLink = (
  lab: LabSession,
  browser: Browser,
  client: Client,
  changes: Changes = {},
  initiator: Initiator = 'none',
): Promise<Place> => browser.open(linkOf(lab, client, changes), initiator);

/** The code with which a client was answered; fails the step if there is none. */
export function codeAt(place: Place, { redirectUri, state }: Client): string {
  const answer = answerAt(place, redirectUri);
  const code = answer?.get('code');
  if (!code)
    throw new StepFailed(`A client that was allowed got no code: ${describePlace(place)}.`);
  if (answer?.get('state') !== state) throw new StepFailed('A client got the state of another.');
  return code;
}

/** The access token for a code; fails the step if there is none. */
export async function tokenFor(lab: LabSession, client: Client, code: string): Promise<string> {
  const { clientId, redirectUri, proof } = client;
  const reply = await redeem(lab, clientId, code, proof.verifier, { redirect_uri: redirectUri });
  const tokens = tokensIn(reply);
  if (!tokens) throw new StepFailed(`A code gave no access token: ${describeReply(reply)}`);
  return tokens.accessToken;
}

/** Goes as far as Skydiary’s page, where the user has to read something; its address, if that is so. */
export async function goThere(
  lab: LabSession,
  browser: Browser,
  client: Client,
): Promise<string | undefined> {
  let place = await openLink(lab, browser, client);
  if (place.at === 'our page') place = await browser.decideHere(place, 'allow');
  return place.at === 'their page' ? place.url : undefined;
}

/** The same; fails the step if the way does not lead there. */
export async function atSkydiary(
  lab: LabSession,
  browser: Browser,
  client: Client,
): Promise<string> {
  browser.hasAllowedThere = false;
  const url = await goThere(lab, browser, client);
  if (url === undefined) throw new StepFailed('Whoever agrees is not sent to Skydiary.');
  return url;
}

/** Opens the client's link and says yes wherever it is asked; gives the client's access token. */
export async function signIn(
  lab: LabSession,
  browser: Browser,
  client: Client,
  initiator: Initiator = 'none',
): Promise<string> {
  const place = await browser.agree(await openLink(lab, browser, client, {}, initiator));
  return tokenFor(lab, client, codeAt(place, client));
}

export const callDiary = (lab: LabSession, token: string, label?: string): Promise<LabReply> =>
  lab.call('get_diary', {}, { token, ...(label === undefined ? {} : { label }) });

/** Somebody with a diary, in a browser, whose user name is nobody else's. */
export async function somebody(
  lab: LabSession,
  name: string,
  hasAllowedThere = true,
): Promise<{ browser: Browser; secret: string }> {
  const user = `${name}-${lab.nonce}`;
  const secret = `${name} saw ${randomBytes(9).toString('base64url')}`;
  await lab.thirdParty.write(user, secret);
  return { browser: new Browser(lab, user, hasAllowedThere), secret };
}

/** Somebody signs in and reads their diary; what went wrong, in sentences. */
export async function signsInAndReads(
  lab: LabSession,
  hasAllowedThere = true,
  scheme: 'http' | 'https' = 'http',
): Promise<string[]> {
  await lab.thirdParty.signInThere(scheme);
  // Each time somebody else, who has never been here before.
  const name = `carol-${randomBytes(4).toString('hex')}`;
  const { browser, secret } = await somebody(lab, name, hasAllowedThere);
  const token = await signIn(lab, browser, await newClient(lab));
  return readsOwn(lab, token, secret);
}

/** The same at a server that is reached over http, and at one over https. */
export const signsInOverBoth = async (lab: LabSession): Promise<string[]> => [
  ...(await signsInAndReads(lab)),
  ...(await signsInOverHttps(lab)),
];

/** The same at a server that is reached over https. */
export const signsInOverHttps = (lab: LabSession): Promise<string[]> =>
  signsInAndReads(lab, true, 'https');

export async function readsOwn(lab: LabSession, token: string, secret: string): Promise<string[]> {
  const reply = await callDiary(lab, token);
  return succeeded(reply) && reply.text.includes(secret)
    ? []
    : [`somebody who has signed in does not get their diary: ${describeReply(reply)}`];
}
