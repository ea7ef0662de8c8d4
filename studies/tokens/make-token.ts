/** Makes the token of a recipe, out of a real one. */
import type { LabSession, TokenRecipe } from '../../lab/protocol.ts';
import { decodeToken } from '../../shared/decode-token.ts';
import type { MadeToken, Signing, TokenChanges } from './shared.ts';

export async function makeToken(
  lab: Pick<LabSession, 'mint'>,
  real: string,
  { header, claims, signing }: TokenChanges,
): Promise<MadeToken> {
  const token = await lab.mint({
    from: real,
    // The learner has the last word.
    header: { ...headerFor[signing], ...header },
    claims,
    signWith: await signerOf(lab, real, signing),
  });
  const { header: madeHeader = {}, claims: madeClaims = {} } = decodeToken(token) ?? {};
  return {
    token,
    header: madeHeader,
    claims: madeClaims,
    signedHow: token === real ? 'authorization-server' : signing,
  };
}

/** What a way of signing needs in the header. */
const headerFor: Partial<Record<Signing, Record<string, unknown>>> = {
  nobody: { alg: 'none' },
  'public-key-pem': { alg: 'HS256' },
  'public-key-jwk': { alg: 'HS256' },
  'own-key-in-jwk': { jwk: '{{attackerJwk}}', kid: null },
  'own-key-at-jku': { jku: '{{oob}}/jwks.json' },
};

async function signerOf(
  lab: Pick<LabSession, 'mint'>,
  real: string,
  signing: Signing,
): Promise<NonNullable<TokenRecipe['signWith']>> {
  switch (signing) {
    case 'kept':
      return { signature: signatureOf(real) };
    case 'another-token':
      return { signature: signatureOf(await lab.mint()) };
    case 'cut-short':
      return { signature: signatureOf(real).slice(0, -8) };
    case 'authorization-server':
      return 'server-key';
    case 'nobody':
      return 'nothing';
    case 'public-key-pem':
    case 'public-key-jwk':
      return signing;
    case 'own-key':
    case 'own-key-in-jwk':
    case 'own-key-at-jku':
      return 'attacker-key';
  }
}

const signatureOf = (token: string): string => token.split('.')[2] ?? '';
