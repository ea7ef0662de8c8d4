import { createHash, timingSafeEqual } from 'node:crypto';
import type { VerifyCodeChallenge } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A verifier counts as soon as its digest fits, however short it is; a short one can be found by trying them all.';
export const caughtBy = ['pkce-verifier-length'];

export const verifyCodeChallenge: VerifyCodeChallenge = (verifier, challenge, method) => {
  if (!verifier || !challenge || method !== 'S256') return false;
  const digest = createHash('sha256').update(verifier).digest();
  const expected = Buffer.from(challenge, 'base64url');
  return digest.length === expected.length && timingSafeEqual(digest, expected);
};
