import type { Signing } from '../../../studies/tokens/shared.ts';

interface SigningWords {
  /** As a choice. */
  label: string;
  /** Of a token that is made: whose its signature is. */
  made: string;
}

/** In the order in which they are offered. */
export const signingWords: Record<Signing, SigningWords> = {
  kept: {
    label: 'Keep the real token’s signature',
    made: 'The real token’s. It was made over other bytes than these.',
  },
  'authorization-server': {
    label: 'Have the authorization server sign it',
    made: 'Made with the authorization server’s key, over exactly these two parts.',
  },
  nobody: {
    label: 'No signature, and alg none',
    made: 'There is none.',
  },
  'public-key-pem': {
    label: 'HS256, keyed with the public key as PEM',
    made: 'An HMAC. Its secret is the text of the public key in PEM, which everybody has.',
  },
  'public-key-jwk': {
    label: 'HS256, keyed with the public key as JWK',
    made: 'An HMAC. Its secret is the text of the public key in the key set, which everybody has.',
  },
  'own-key': {
    label: 'A key of your own',
    made: 'Made with a key of your own, which no server knows.',
  },
  'own-key-in-jwk': {
    label: 'A key of your own, sent along as jwk',
    made: 'Made with a key of your own. It fits the jwk in the header.',
  },
  'own-key-at-jku': {
    label: 'A key of your own, to be fetched from a jku',
    made: 'Made with a key of your own. The lab watches the address in jku.',
  },
  'another-token': {
    label: 'The signature of another token',
    made: 'The authorization server’s, of another token.',
  },
  'cut-short': {
    label: 'The real token’s signature, cut short',
    made: 'The real token’s, without its last bytes.',
  },
};

export const signingsInOrder = Object.keys(signingWords) as Signing[];
