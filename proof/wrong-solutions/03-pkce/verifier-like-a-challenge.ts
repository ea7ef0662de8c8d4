import { createHash, timingSafeEqual } from 'node:crypto';
import type { VerifyCodeChallenge } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A verifier is taken to look like a challenge, 43 letters of base64url; it may have up to 128, dots and tildes among them.';
export const caughtBy = ['verifiers-of-any-length'];

const BASE64URL_OF_32_BYTES = /^[A-Za-z0-9_-]{43}$/;

export const verifyCodeChallenge: VerifyCodeChallenge = (verifier = '', challenge = '', method) => {
  const areWellFormed = [verifier, challenge].every((text) => BASE64URL_OF_32_BYTES.test(text));
  if (!areWellFormed || method !== 'S256') return false;
  const digest = createHash('sha256').update(verifier).digest('base64url');
  return timingSafeEqual(Buffer.from(digest), Buffer.from(challenge));
};
