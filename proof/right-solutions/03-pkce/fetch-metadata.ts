import type { CreateConsentGuard } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'No hidden value and no cookie: the browser says itself, in Sec-Fetch-Site, whether a form comes from this origin; without the header it is refused.';

export const createConsentGuard: CreateConsentGuard = () => ({
  agreedBefore: () => undefined,
  openForm(_request, _client, setHeader) {
    setHeader('content-security-policy', "frame-ancestors 'self'; base-uri 'none'");
    return '';
  },
  // `same-site` is not enough: a neighbour on another subdomain or port is somebody else. `Origin`
  // would not do here: under the page's `Referrer-Policy: no-referrer` browsers send it as `null`.
  checkForm(request) {
    if (request.get('sec-fetch-site') !== 'same-origin') {
      throw new OAuthError('access_denied', 'The decision has to be made on our own page.');
    }
  },
  remember: () => undefined,
});
