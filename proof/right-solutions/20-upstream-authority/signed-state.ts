import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import type {
  CreateThirdPartySignIn,
  WantedAccess,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The state is a signed token that says what was allowed and the digest of a cookie; only the ids of used ones are kept.';

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

export const createThirdPartySignIn: CreateThirdPartySignIn = ({ issuer }) => {
  const [prefix, where] = issuer.startsWith('https:')
    ? ['__Host-', 'Path=/; Secure']
    : ['', 'Path=/authorize/callback'];
  const key = randomBytes(32);
  const used = new Set<string>();
  return {
    arrive: () => 'ask',
    async allow(_request, wanted, setCookie) {
      const [id, secret] = [randomUUID(), randomBytes(32).toString('base64url')];
      setCookie(`${prefix}back-${id}=${secret}; HttpOnly; SameSite=Lax; ${where}`);
      return new SignJWT({ wanted, browser: digestOf(secret) })
        .setProtectedHeader({ alg: 'HS256' })
        .setJti(id)
        .setExpirationTime(new Date(Date.now() + 600_000))
        .sign(key);
    },
    async resume(request, state) {
      try {
        const { payload } = await jwtVerify<{ wanted: WantedAccess; browser: string }>(state, key, {
          algorithms: ['HS256'],
          currentDate: new Date(),
        });
        const { jti = '', browser, wanted } = payload;
        const pair = (request.get('cookie') ?? '')
          .split('; ')
          .find((one) => one.startsWith(`${prefix}back-${jti}=`));
        if (used.has(jti) || digestOf(pair?.split('=')[1] ?? '') !== browser) {
          throw new Error('used, or another browser');
        }
        used.add(jti);
        return wanted;
      } catch {
        throw new OAuthError('access_denied', 'Begin again, in this browser.');
      }
    },
  };
};
