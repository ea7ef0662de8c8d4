import type { ResolveClientDocument } from '../../../exercises/weather-server/controls.ts';
import { OAuthError } from '../../../exercises/weather-server/errors.ts';
import { resolveClientDocument as rightly } from '../../../solutions/02-client-registration/client-document.ts';

export const mistake =
  'Redirect URIs must be on the host of the document; a native client has its document on the web and listens on loopback.';
export const caughtBy = ['accepts-client-documents'];

export const resolveClientDocument: ResolveClientDocument = async (clientId, web) => {
  const client = await rightly(clientId, web);
  const { host } = new URL(clientId);
  if (client.redirect_uris.every((uri) => new URL(uri).host === host)) return client;
  throw new OAuthError('invalid_client', 'This document names redirect URIs on other hosts.');
};
