import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { CreateConsentGuard } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'Two values of different length make timingSafeEqual throw, and a wrong field becomes an error of the server.';
export const caughtBy = ['consent-bypass'];

export const createConsentGuard: CreateConsentGuard = () => ({
  agreedBefore: () => undefined,
  openForm(_request, _client, setHeader) {
    const field = randomBytes(16).toString('base64url');
    setHeader('set-cookie', `form=${field}; Path=/authorize; HttpOnly; SameSite=Strict`);
    setHeader('content-security-policy', "frame-ancestors 'none'");
    return field;
  },
  checkForm(request, _client, field) {
    const cookie = /(?:^|; *)form=([\w-]+)/.exec(request.get('cookie') ?? '')?.[1];
    if (!cookie || !field || !timingSafeEqual(Buffer.from(cookie), Buffer.from(field))) {
      throw new OAuthError('access_denied', 'This decision was not made on our page.');
    }
  },
  remember: () => undefined,
});
