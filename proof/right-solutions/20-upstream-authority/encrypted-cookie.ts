import { randomBytes, randomUUID } from 'node:crypto';
import { EncryptJWT, jwtDecrypt } from 'jose';
import type {
  CreateThirdPartySignIn,
  WantedAccess,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'What was allowed travels in an encrypted cookie that ends in ten minutes and is named for its state; here is kept only which states have come back.';

export const createThirdPartySignIn: CreateThirdPartySignIn = ({ issuer }) => {
  const [prefix, attributes] = issuer.startsWith('https:')
    ? ['__Host-', 'HttpOnly; SameSite=Lax; Path=/; Secure']
    : ['', 'HttpOnly; SameSite=Lax; Path=/authorize'];
  const key = randomBytes(32);
  /** State -> when its cookie would have ended anyway. */
  const used = new Map<string, number>();

  return {
    arrive: () => 'ask',
    async allow(_request, wanted, setCookie) {
      const state = randomUUID();
      const sealed = await new EncryptJWT({ wanted, state })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime(new Date(Date.now() + 10 * 60_000))
        .encrypt(key);
      setCookie(`${prefix}way-${state}=${sealed}; ${attributes}`);
      return state;
    },
    async resume(request, state, setCookie) {
      const name = `${prefix}way-${state}`;
      const cookies = (request.get('cookie') ?? '').split('; ');
      const own = cookies.find((pair) => pair.startsWith(`${name}=`)) ?? '';
      try {
        const { payload } = await jwtDecrypt(own.slice(name.length + 1), key, {
          currentDate: new Date(),
        });
        // No await between looking and noting.
        if (payload.state !== state || used.has(state))
          throw new Error('another way, or a used one');
        used.set(state, Number(payload.exp) * 1000);
        for (const [old, until] of used) if (until < Date.now()) used.delete(old);
        setCookie(`${name}=; Max-Age=0; ${attributes}`);
        return payload.wanted as WantedAccess;
      } catch (error) {
        const refusal = new OAuthError('access_denied', 'Begin again, in this browser.');
        refusal.cause = error;
        throw refusal;
      }
    },
  };
};
