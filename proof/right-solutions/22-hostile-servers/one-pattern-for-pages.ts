import type { PlanSignIn, SignInPlan } from '../../../exercises/weather-server/controls.ts';
import { RefusedError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Documents are read by hand, and one pattern says which texts are pages that may be opened.';

const PAGE = /^https:\/\/[a-z\d.-]+(?::\d+)?(?:\/[\w\-.~:/?@!&'()*+,;=%]*)?$/i;
const PAGE_HERE =
  /^http:\/\/(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?(?:[/?][\w\-.~:/?=%&]*)?$/i;

const membersOf = (document: unknown): Partial<Record<string, unknown>> =>
  typeof document === 'object' && document !== null ? { ...document } : {};

const refuse = (why: string): never => {
  throw new RefusedError(why);
};

export const planSignIn: PlanSignIn = ({ server, kept, issuer, ...documents }) => {
  const isHere = server.address.startsWith('127.') || server.address === '::1';
  const { resource } = membersOf(documents.resourceMetadata);
  const metadata = membersOf(documents.issuerMetadata);
  if (!server.url.startsWith('https://') && !isHere) return refuse('There is no TLS.');
  if (resource !== server.url) return refuse('These are metadata of another server.');
  if (metadata.issuer !== issuer) return refuse('These are metadata of another issuer.');

  const methods = metadata.code_challenge_methods_supported;
  const hasPkce = Array.isArray(methods) && methods.some((method) => method === 'S256');
  if (!hasPkce) return refuse('There is no PKCE.');

  const { authorization_endpoint: page, token_endpoint: tokenEndpoint } = metadata;
  if (typeof page !== 'string' || typeof tokenEndpoint !== 'string') return refuse('Incomplete.');
  const plan = (authorizationEndpoint: string): SignInPlan => ({
    authorizationEndpoint,
    tokenEndpoint,
    issuer,
    promisesIssuer: metadata.authorization_response_iss_parameter_supported === true,
    resource: server.url,
    credentials: kept.filter((one) => one.issuer === issuer)[0],
  });
  // Letters that URLs escape are escaped; all else has to be as it should be already.
  if (isHere && PAGE_HERE.test(page)) return plan(page);
  const isText = /^[!-~\u00a1-\uffff]*$/.test(page) && !/["`\\$]/.test(page);
  const written = isText ? encodeURI(decodedOnce(page)) : '';
  if (!PAGE.test(written) || /^https:\/\/[^/]*@/i.test(written)) return refuse('No page.');
  return plan(written);
};

/** So that what is escaped already is not escaped once more. */
function decodedOnce(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return refuse('No text.');
  }
}
