/**
 * Whether what a sign-in gave is good once only. Asked last of all: an authorization server that sees a
 * code twice does well to revoke what the first use gave.
 */
import type { Asker } from './asker.ts';
import type { Ask } from './polite-client.ts';

export interface SignedIn {
  token: string;
  /** The client has no secret. */
  isPublic: boolean;
  /** The request that turned the code into the token. */
  code: Ask;
  refreshToken?: string;
  /** The request that uses a refresh token. */
  refresh: (refreshToken: string) => Ask;
}

/** A few requests are kept back for the end. */
const attack = { isAttack: true, isLast: true };

export async function probeSignedIn(asker: Asker, signedIn: SignedIn | undefined): Promise<void> {
  if (!signedIn) return;
  const { refreshToken, refresh, code } = signedIn;
  if (refreshToken === undefined) {
    asker.skip('The sign-in gave no refresh token.', 'refresh', 'refresh again');
  } else {
    asker.hide(refreshToken);
    const first = await asker.askForTokens('refresh', { ...refresh(refreshToken), ...attack });
    if (first?.refresh_token === refreshToken || first?.refresh_token === undefined) {
      asker.skip('The refresh token was not replaced.', 'refresh again');
    } else {
      await asker.askForTokens('refresh again', { ...refresh(refreshToken), ...attack });
    }
  }
  await asker.askForTokens('code again', { ...code, ...attack });
}
