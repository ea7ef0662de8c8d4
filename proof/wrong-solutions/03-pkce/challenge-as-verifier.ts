import { createHash, timingSafeEqual } from 'node:crypto';
import type { VerifyCodeChallenge } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Besides the digest of the verifier, the verifier itself may equal the challenge, for clients that send the wrong one; the attacker sends that one, too.';
export const caughtBy = ['pkce-wrong-verifier'];

const isEqual = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

export const verifyCodeChallenge: VerifyCodeChallenge = (verifier, challenge, method) => {
  if (!challenge || method !== 'S256') return false;
  if (!verifier || !/^[\w.~-]{43,128}$/.test(verifier)) return false;
  const digest = createHash('sha256').update(verifier).digest('base64url');
  return isEqual(digest, challenge) || isEqual(verifier, challenge);
};
