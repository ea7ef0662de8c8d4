import { timingSafeEqual } from 'node:crypto';

/** Compares in a time that tells nothing. */
export function isSecret(presented: unknown, secret: string): boolean {
  const given = Buffer.from(String(presented ?? ''));
  const expected = Buffer.from(secret);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
