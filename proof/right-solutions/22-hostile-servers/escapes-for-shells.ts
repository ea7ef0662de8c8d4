import type { PlanSignIn } from '../../../exercises/weather-server/controls.ts';
import { RefusedError } from '../../../exercises/weather-server/errors.ts';
import { planSignIn as rightly } from '../../../solutions/22-hostile-servers/sign-in.ts';

export const idea =
  'What a shell would read in the address is percent-encoded, which is the same address to most servers.';

export const planSignIn: PlanSignIn = (documents) => {
  const metadata = documents.issuerMetadata as { authorization_endpoint?: unknown } | undefined;
  const text = metadata?.authorization_endpoint;
  let url: URL;
  try {
    url = new URL(String(text));
  } catch {
    throw new RefusedError('There is no address to sign in at.');
  }
  const endpoint = url.href.replaceAll(
    /[$`"\\{}|^<>]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return rightly({
    ...documents,
    issuerMetadata: { ...metadata, authorization_endpoint: endpoint },
  });
};
