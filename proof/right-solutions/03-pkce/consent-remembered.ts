import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { CreateConsentGuard } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'A signed cookie remembers for an hour which user allowed which client which scopes at which https address; anything else is asked.';

export const createConsentGuard: CreateConsentGuard = () => {
  const key = randomBytes(32);
  const sign = (...parts: unknown[]): string =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex');
  const isSame = (one: string, other: string): boolean =>
    one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
  const cookiesOf = (header = ''): Record<string, string> =>
    Object.fromEntries(header.split(/; */).map((pair) => pair.split('=', 2) as [string, string]));
  const attributes = 'Path=/authorize; HttpOnly; SameSite=Lax';

  return {
    agreedBefore(request, client, { redirectUri, scopes }) {
      const agreed = cookiesOf(request.get('cookie')).agreed ?? '';
      const [user = '', until = '', signature = ''] = agreed.split('.');
      // Any program may listen on loopback or take a scheme, and say that it is this client.
      if (!redirectUri.startsWith('https://') || Number(until) < Date.now()) return undefined;
      const expected = sign(
        'agreed',
        user,
        until,
        client.client_id,
        redirectUri,
        scopes.toSorted(),
      );
      return isSame(signature, expected) ? user : undefined;
    },
    openForm(_request, client, setHeader) {
      const page = randomBytes(16).toString('hex');
      setHeader('set-cookie', `page=${page}; ${attributes}`);
      setHeader('x-frame-options', 'DENY');
      return sign('form', page, client.client_id);
    },
    checkForm(request, client, field = '') {
      const { page } = cookiesOf(request.get('cookie'));
      if (!page || !isSame(field, sign('form', page, client.client_id))) {
        throw new OAuthError('access_denied', 'This form is not the one you were shown.');
      }
    },
    remember(user, client, { redirectUri, scopes }, setHeader) {
      const until = String(Date.now() + 60 * 60_000);
      const signature = sign(
        'agreed',
        user,
        until,
        client.client_id,
        redirectUri,
        scopes.toSorted(),
      );
      setHeader('set-cookie', `agreed=${user}.${until}.${signature}; ${attributes}`);
    },
  };
};
