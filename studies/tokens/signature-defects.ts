import { rfc } from '../../catalogue/attacks/references.ts';
import type { Defect, Signing } from './shared.ts';

type Explained = Omit<Defect, 'status'>;

const integrity = [rfc(7515, '5.2'), rfc(9068, '4')];
const algorithms = [rfc(8725, '3.1'), rfc(9068, '4')];
const foreignKeys = rfc(8725, '3.10');

const keyedWithPublicKey: Explained = {
  what: 'its signature was made with the public key',
  why: 'As the secret of an HMAC, the public key proves nothing, because everybody has it. A key for ES256 must never verify an HS256.',
  references: [rfc(8725, '2.1'), rfc(8725, '3.1')],
};

/** What each signature but the authorization server's own is worth. */
const explained: Record<Exclude<Signing, 'authorization-server'>, Explained> = {
  kept: {
    what: 'it was changed after it was signed',
    why: 'The signature is the real token’s. It covers every byte of header and claims, and these are other bytes.',
    references: integrity,
  },
  'another-token': {
    what: 'its signature is that of another token',
    why: 'The authorization server did make this signature, but over another header and other claims.',
    references: integrity,
  },
  'cut-short': {
    what: 'its signature is cut short',
    why: 'An ES256 signature has 64 bytes. One with fewer is refused; it is never compared as far as it goes.',
    references: integrity,
  },
  nobody: {
    what: 'nobody signed it',
    why: 'There is no signature, so anybody can have written this token.',
    references: algorithms,
  },
  'public-key-pem': keyedWithPublicKey,
  'public-key-jwk': keyedWithPublicKey,
  'own-key': {
    what: 'it was signed with somebody else’s key',
    why: 'Only the authorization server’s published keys verify its tokens, and none of them made this signature.',
    references: integrity,
  },
  'own-key-in-jwk': {
    what: 'it was signed with the key that it brings along',
    why: 'With the key in its own header every token verifies. Keys come from the authorization server, never from a token.',
    references: [foreignKeys, rfc(7515, '4.1.3')],
  },
  'own-key-at-jku': {
    what: 'it was signed with a key that it wants to have fetched',
    why: 'Its header says where its key is. Keys come from an address that the server was configured with; to follow this one is a hole by itself.',
    references: [foreignKeys, rfc(7515, '4.1.2')],
  },
};

export const signatureDefects = (signedHow: Signing): Defect[] =>
  signedHow === 'authorization-server' ? [] : [{ ...explained[signedHow], status: 401 }];
