import { randomBytes } from 'node:crypto';
import type { CreateConsentGuard } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const mistake =
  'The hidden field has to be one this server made, but not one it made for this browser: the attacker opens the page and uses theirs.';
export const caughtBy = ['consent-bypass'];

export const createConsentGuard: CreateConsentGuard = () => {
  const issued = new Set<string>();
  return {
    agreedBefore: () => undefined,
    openForm(_request, _client, setHeader) {
      const token = randomBytes(32).toString('base64url');
      issued.add(token);
      setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
      return token;
    },
    checkForm(_request, _client, field) {
      // Each is good for one decision.
      if (!issued.delete(field ?? '')) {
        throw new OAuthError('access_denied', 'This decision was not made on our page.');
      }
    },
    remember: () => undefined,
  };
};
