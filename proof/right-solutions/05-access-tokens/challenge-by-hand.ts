import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'The middleware writes its own challenge: error first, the metadata at the root path, a realm and the scopes besides.';

export const createBearerAuth: CreateBearerAuth = ({ verifyAccessToken: verify, config }) => {
  const metadata = new URL('/.well-known/oauth-protected-resource', config.resource).href;
  return async (request, response, next) => {
    const header = request.get('authorization') ?? '';
    try {
      if (!/^bearer /i.test(header)) throw new Error('no bearer token');
      request.auth = await verify(header.slice('bearer '.length).trim());
    } catch {
      response.set(
        'www-authenticate',
        `bearer error=invalid_token,realm="weather \\"server\\"",scope="${config.scopesSupported.join(' ')}" , resource_metadata="${metadata}"`,
      );
      response.status(401).send('Unauthorized\n');
      return;
    }
    next();
  };
};
