/** Everything that is wrong with a token, as a resource server has to see it (RFC 9068 §4). */
import { claimDefects } from './claim-defects.ts';
import { headerDefects } from './header-defects.ts';
import { signatureDefects } from './signature-defects.ts';
import type { Defect, Expected, Signing } from './shared.ts';

/**
 * None means that the call has to be let through. Members that nothing depends on, such as a `jwk`
 * beside a good signature, are no defects.
 *
 * @param now seconds since the epoch
 */
export const defectsOf = (
  header: Record<string, unknown>,
  claims: Record<string, unknown>,
  signedHow: Signing,
  now: number,
  expected: Expected,
): Defect[] => [
  ...signatureDefects(signedHow),
  ...headerDefects(header, expected.keyId),
  ...claimDefects(claims, now, expected),
];
