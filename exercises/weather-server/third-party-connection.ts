/**
 * What this server does at a third party for its users. It is one client there, whoever asks here. How a
 * browser gets there and back, where tokens are kept and what is sent along are controls (topic 20).
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type {
  Actor,
  CredentialRows,
  DiaryEntry,
  SecurityControls,
  ServerConfig,
  ThirdParty,
  ThirdPartySignIn,
  ToolCall,
} from './controls.ts';
import { InvalidInputError, UnavailableError } from './errors.ts';
import type { ThirdPartyLink } from './world/third-party.ts';
import type { World } from './world/world.ts';

export interface ThirdPartyConnection {
  about: ThirdParty;
  signIn: ThirdPartySignIn;
  /** Where a browser is sent with `state`. */
  addressFor: (state: string) => string;
  /** Redeems a code that came with `state`, and says who the user is; undefined if it is no good. */
  redeem: (code: string, state: string) => Promise<{ userId: string; token: string } | undefined>;
  keep: (user: Actor, token: string) => Promise<void>;
  readDiary(call: ToolCall): Promise<DiaryEntry[]>;
}

const tokenAnswer = z.object({ access_token: z.string(), user_id: z.string() });

/** Undefined if the operator has named no third party. */
export function connectThirdParty(
  controls: SecurityControls,
  world: World,
  { thirdParty, ...config }: ServerConfig,
): ThirdPartyConnection | undefined {
  const link = world.thirdParty;
  if (!thirdParty || !link) return undefined;
  const keys = controls.parseKeyEncryptionKeys(world.secrets.keyEncryptionKeys);
  const vault = controls.createCredentialVault(keys); // 07
  const keeper = controls.createTokenKeeper(vault, rowsOf(world)); // 20
  const verifierOf = makeVerifiers();
  const requestToken = (form: Record<string, string>): Promise<Response> =>
    askForToken(thirdParty, link, form);

  return {
    about: thirdParty,
    signIn: controls.createThirdPartySignIn({ ...config, thirdParty }), // 20

    addressFor(state) {
      const url = new URL(thirdParty.authorizationEndpoint);
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: thirdParty.clientId,
        redirect_uri: thirdParty.redirectUri,
        scope: thirdParty.scopes.join(' '),
        state,
        code_challenge: createHash('sha256').update(verifierOf(state)).digest('base64url'),
        code_challenge_method: 'S256',
      }).toString();
      return url.href;
    },

    async redeem(code, state) {
      const response = await requestToken({
        grant_type: 'authorization_code',
        code,
        redirect_uri: thirdParty.redirectUri,
        code_verifier: verifierOf(state),
      });
      const answer = response.ok ? tokenAnswer.safeParse(await response.json()) : undefined;
      if (!answer?.success) return undefined;
      return { userId: answer.data.user_id, token: answer.data.access_token };
    },

    async keep(user, token) {
      await keeper.keep(user, token);
    },

    async readDiary(call) {
      const token = call.actor && (await keeper.find(call.actor));
      if (token === undefined) throw new InvalidInputError('Sign in again, at Skydiary as well.');
      const { entriesUrl } = thirdParty;
      const send = link.fetch;
      try {
        return await controls.readDiary({ call, token, entriesUrl, requestToken, send }); // 20
      } catch (error) {
        if (error instanceof InvalidInputError) throw error;
        throw new UnavailableError('The third party gives no diary now.', { cause: error });
      }
    },
  };
}

const askForToken = (
  { tokenEndpoint, clientId }: ThirdParty,
  { clientSecret, fetch }: ThirdPartyLink,
  form: Record<string, string>,
): Promise<Response> =>
  fetch({
    method: 'POST',
    url: tokenEndpoint,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      ...form,
      client_id: clientId,
      client_secret: clientSecret,
    }).toString(),
  });

/** A code verifier that belongs to a state (RFC 7636), so that a code cannot be used with another. */
function makeVerifiers(): (state: string) => string {
  const key = randomBytes(32);
  return (state) => createHmac('sha256', key).update(state).digest('base64url');
}

const rowsOf = (world: World): CredentialRows => ({
  put: (row) => world.storeCredential(row),
  async get(wanted) {
    const [row] = await world.database.query(
      'SELECT id, owner, provider, sealed FROM credentials WHERE id = $1',
      [wanted],
    );
    if (!row) return undefined;
    const { id, owner, provider, sealed } = row;
    return {
      id: String(id),
      owner: String(owner),
      provider: String(provider),
      sealed: String(sealed),
    };
  },
});
