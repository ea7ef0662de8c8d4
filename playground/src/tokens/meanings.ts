/** What the members of a JWT access token mean, and where that is written. */
import type { Reference } from '../../../lab/attack.ts';

export interface Meaning {
  text: string;
  references: Reference[];
}

const rfc = (number: number, section: string): Reference => ({
  label: `RFC ${number} §${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
});
const means = (text: string, ...references: Reference[]): Meaning => ({ text, references });

export const headerMeanings: ReadonlyMap<string, Meaning> = new Map(
  Object.entries({
    typ: means('What kind of token it is. at+jwt is an access token.', rfc(9068, '2.1')),
    alg: means(
      'With what algorithm it says that it was signed. The server decides which ones it takes.',
      rfc(7515, '4.1.1'),
      rfc(8725, '3.1'),
    ),
    kid: means('Which of the authorization server’s published keys signed it.', rfc(7515, '4.1.4')),
    jwk: means('A key, which the sender of the token chose.', rfc(7515, '4.1.3')),
    jku: means('Where to fetch keys from, says the sender of the token.', rfc(7515, '4.1.2')),
    x5u: means('Where to fetch a certificate from, says the sender.', rfc(7515, '4.1.5')),
    x5c: means('A chain of certificates, which the sender chose.', rfc(7515, '4.1.6')),
    cty: means('What kind of content it carries.', rfc(7515, '4.1.10')),
    crit: means('Extensions that whoever takes it must understand.', rfc(7515, '4.1.11')),
  }),
);

export const claimMeanings: ReadonlyMap<string, Meaning> = new Map(
  Object.entries({
    iss: means('Who issued it.', rfc(7519, '4.1.1'), rfc(9068, '2.2')),
    sub: means(
      'For whom it acts. Unique at its issuer only.',
      rfc(7519, '4.1.2'),
      rfc(9068, '2.2'),
    ),
    aud: means(
      'For which servers it is meant: one, or a list.',
      rfc(7519, '4.1.3'),
      rfc(9068, '2.2'),
    ),
    exp: means('From when on it is not accepted.', rfc(7519, '4.1.4'), rfc(9068, '2.2')),
    nbf: means('Before when it is not accepted.', rfc(7519, '4.1.5')),
    iat: means('When it was issued.', rfc(7519, '4.1.6'), rfc(9068, '2.2')),
    jti: means('Its own id, unlike any other’s.', rfc(7519, '4.1.7'), rfc(9068, '2.2')),
    client_id: means('Which client the user gave it to.', rfc(8693, '4.3'), rfc(9068, '2.2')),
    scope: means(
      'What it may be used for, with blanks in between.',
      rfc(8693, '4.2'),
      rfc(9068, '2.2.3'),
    ),
    auth_time: means('When the user signed in.', rfc(9068, '2.2.1')),
    acr: means('How strictly the user was authenticated.', rfc(9068, '2.2.1')),
    amr: means('By what methods the user was authenticated.', rfc(9068, '2.2.1')),
    nonce: means('From an ID token: binds it to the sign-in of one client.', {
      label: 'OpenID Connect Core §2',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#IDToken',
    }),
  }),
);
