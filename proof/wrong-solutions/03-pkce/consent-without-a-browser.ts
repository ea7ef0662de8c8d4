import type {
  AuthorizationRequest,
  CreateConsentGuard,
} from '../../../exercises/weather-server/controls.ts';
import { createConsentGuard as rightly } from '../../../solutions/03-pkce/redirect-and-consent.ts';

export const mistake =
  'Consent is remembered with the client and not in the browser: whoever opens the link next is taken for the user who agreed.';
export const caughtBy = ['asks-in-every-browser'];

export const createConsentGuard: CreateConsentGuard = (config) => {
  const agreed = new Map<string, string>();
  const keyOf = (clientId: string, { scopes, redirectUri }: AuthorizationRequest): string =>
    JSON.stringify([clientId, scopes.toSorted(), redirectUri]);
  return {
    ...rightly(config),
    agreedBefore: (_request, { client_id }, asked) => agreed.get(keyOf(client_id, asked)),
    remember: (user, { client_id }, asked) => void agreed.set(keyOf(client_id, asked), user),
  };
};
