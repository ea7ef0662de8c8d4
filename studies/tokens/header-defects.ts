import { rfc } from '../../catalogue/attacks/references.ts';
import type { Defect } from './shared.ts';

/** The one algorithm of the authorization server. */
const ALGORITHM = 'ES256';
/** `typ` is a media type; its case does not matter, and `application/` may be left out. */
const ACCESS_TOKEN = /^(application\/)?at\+jwt$/i;

export function headerDefects(header: Record<string, unknown>, keyId: string): Defect[] {
  const { alg, typ, kid, crit } = header;
  const defects: Omit<Defect, 'status'>[] = [];
  if (alg !== ALGORITHM) {
    const isNone = typeof alg === 'string' && alg.toLowerCase() === 'none';
    defects.push({
      what: isNone ? 'its algorithm is “none”' : 'its algorithm is not ES256',
      why: isNone
        ? 'A server that asks the token how to verify it is told: not at all. The word is refused in every spelling.'
        : 'The authorization server signs with ES256. A server that takes the algorithm from the token lets its sender choose how it is verified.',
      references: [rfc(8725, '3.1'), rfc(9068, '4')],
    });
  }
  if (typeof typ !== 'string' || !ACCESS_TOKEN.test(typ)) {
    defects.push({
      what: 'its type is not that of an access token',
      why: 'An access token says at+jwt, so that an ID token or a logout token of the same issuer, signed with the same key, does not pass for one.',
      references: [rfc(9068, '2.1'), rfc(9068, '4'), rfc(8725, '3.11')],
    });
  }
  if (kid !== undefined && kid !== keyId) {
    defects.push({
      what: 'its key id names no key of the authorization server',
      why: 'A key id is looked up among the published keys and used for nothing else. One that is not among them finds no key.',
      references: [rfc(7515, '4.1.4'), rfc(8725, '3.10')],
    });
  }
  if (crit !== undefined && !isUnderstood(crit, header)) {
    defects.push({
      what: 'it demands an extension that nobody here knows',
      why: 'What `crit` lists has to be understood, or the token is refused.',
      references: [rfc(7515, '4.1.11')],
    });
  }
  return defects.map((defect) => ({ ...defect, status: 401 }));
}

/** The one extension that libraries know says that the claims are encoded as always (RFC 7797 §7). */
const isUnderstood = (crit: unknown, { b64 }: Record<string, unknown>): boolean =>
  Array.isArray(crit) && crit.length > 0 && crit.every((name) => name === 'b64') && b64 === true;
