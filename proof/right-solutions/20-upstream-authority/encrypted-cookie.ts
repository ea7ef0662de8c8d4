import { randomBytes, randomUUID } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';
import type {
  CreateThirdPartySignIn,
  WantedAccess,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Nothing is kept here: an encrypted cookie that ends in ten minutes holds what was allowed, is named for its state, and is taken away when it has been used.';

const attributes = 'HttpOnly; SameSite=Lax; Path=/authorize';

export const createThirdPartySignIn: CreateThirdPartySignIn = () => {
  const key = randomBytes(32);
  return {
    arrive: () => 'ask',
    async allow(_request, wanted, setCookie) {
      const state = randomUUID();
      const sealed = await new EncryptJWT({ wanted, state })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime(new Date(Date.now() + 10 * 60_000))
        .encrypt(key);
      setCookie(`way-${state}=${sealed}; ${attributes}`);
      return state;
    },
    async resume(request, state, setCookie) {
      const cookies = (request.get('cookie') ?? '').split('; ');
      const own = cookies.find((pair) => pair.startsWith(`way-${state}=`)) ?? '';
      try {
        const { payload } = await jwtDecrypt(own.split('=')[1] ?? '', key, {
          currentDate: new Date(),
        });
        if (payload.state !== state) throw new Error('the cookie of another way');
        setCookie(`way-${state}=; Max-Age=0; ${attributes}`);
        return payload.wanted as WantedAccess;
      } catch (error) {
        const refusal = new OAuthError('access_denied', 'Begin again, in this browser.');
        refusal.cause = error;
        throw refusal;
      }
    },
  };
};
