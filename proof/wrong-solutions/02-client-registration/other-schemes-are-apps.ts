import type { RegisterClient } from '../../../exercises/weather-server/controls.ts';
import {
  isAcceptableRedirectUri,
  registerClient as registerByRule,
} from '../../../solutions/02-client-registration/register-client.ts';

export const mistake =
  'Schemes that are known to be bad are refused, and any other is taken for that of an app: nobody remembers ws: and blob:.';
export const caughtBy = ['dcr-bad-redirect'];

const BAD = ['javascript:', 'data:', 'file:', 'ftp:', 'vbscript:', 'http:', 'https:'];
const PLACEHOLDER = 'https://app.example/cb';

const isApp = (uri: unknown): boolean =>
  typeof uri === 'string' && URL.canParse(uri) && !BAD.includes(new URL(uri).protocol);

export const registerClient: RegisterClient = (metadata, config) => {
  const asked = (metadata ?? {}) as { redirect_uris?: unknown };
  if (!Array.isArray(asked.redirect_uris)) return registerByRule(metadata, config);
  const uris = asked.redirect_uris as string[];
  const ruled = uris.map((uri) =>
    isApp(uri) && !isAcceptableRedirectUri(uri) ? PLACEHOLDER : uri,
  );
  return { ...registerByRule({ ...asked, redirect_uris: ruled }, config), redirect_uris: uris };
};
