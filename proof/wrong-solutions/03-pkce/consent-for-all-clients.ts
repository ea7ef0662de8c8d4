import { randomBytes } from 'node:crypto';
import type { CreateConsentGuard } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Who has agreed once is not asked again in this browser, whichever client is asking now.';
export const caughtBy = ['consent-bypass'];

const cookieOf = (header = '', name: string): string | undefined =>
  new RegExp(`(?:^|; *)${name}=([\\w-]+)`).exec(header)?.[1];

export const createConsentGuard: CreateConsentGuard = () => {
  const sessions = new Map<string, string>();
  return {
    agreedBefore: (request) => sessions.get(cookieOf(request.get('cookie'), 'session') ?? ''),
    openForm(_request, _client, setHeader) {
      const token = randomBytes(16).toString('hex');
      setHeader('set-cookie', `csrf=${token}; Path=/authorize; HttpOnly; SameSite=Strict`);
      setHeader('x-frame-options', 'DENY');
      return token;
    },
    checkForm(request, _client, field) {
      if (!field || field !== cookieOf(request.get('cookie'), 'csrf')) {
        throw new OAuthError('access_denied', 'This decision was not made on our page.');
      }
    },
    remember(user, _client, _asked, setHeader) {
      const session = randomBytes(16).toString('hex');
      sessions.set(session, user);
      setHeader('set-cookie', `session=${session}; Path=/authorize; HttpOnly; SameSite=Lax`);
    },
  };
};
