import { randomUUID } from 'node:crypto';
import type { CreateConsentGuard } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Every page shown is noted on the server, under a session cookie that outlives it, with its client and time; a form is good once and for ten minutes.';

const GOOD_FOR_MS = 10 * 60_000;
const MOST_FORMS = 10_000;

interface Form {
  session: string;
  clientId: string;
  until: number;
}

export const createConsentGuard: CreateConsentGuard = () => {
  const forms = new Map<string, Form>();
  const sessionOf = (header: string | undefined): string | undefined =>
    /(?:^|;)\s*session=([\da-f-]{36})(?:;|$)/.exec(header ?? '')?.[1];

  return {
    agreedBefore: () => undefined,
    openForm(request, client, setHeader) {
      const known = sessionOf(request.get('cookie'));
      const session = known ?? randomUUID();
      if (!known) setHeader('set-cookie', `session=${session}; HttpOnly; SameSite=Lax; Path=/`);
      setHeader('x-frame-options', 'SAMEORIGIN');
      const [oldest] = forms.keys();
      if (forms.size >= MOST_FORMS && oldest !== undefined) forms.delete(oldest);
      const field = randomUUID();
      forms.set(field, { session, clientId: client.client_id, until: Date.now() + GOOD_FOR_MS });
      return field;
    },
    checkForm(request, client, field = '') {
      const form = forms.get(field);
      forms.delete(field);
      const isOurs = form?.session === sessionOf(request.get('cookie'));
      if (!form || !isOurs || form.clientId !== client.client_id || form.until < Date.now()) {
        throw new OAuthError('access_denied', 'This page is out of date or was not ours.');
      }
    },
    remember: () => undefined,
  };
};
