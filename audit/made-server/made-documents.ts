import { refuse, type Asked, type Made, type Sent } from './made.ts';

const RESOURCE = '/.well-known/oauth-protected-resource';

export function answerDocuments({ request, url, made }: Asked): Sent | undefined {
  const { flaws } = made;
  const type = flaws.has('metadata-json') ? 'text/html' : 'application/json';
  const headers = { 'content-type': type };
  switch (url.pathname) {
    case RESOURCE:
    case `${RESOURCE}/mcp`: {
      if (flaws.has('resource-metadata')) return refuse(404, 'There is no such route.');
      const forwarded = request.headers['x-forwarded-host'];
      const host =
        flaws.has('metadata-from-configuration') && typeof forwarded === 'string'
          ? `https://${forwarded}`
          : made.origin;
      const isRoot = url.pathname === RESOURCE;
      return { status: 200, headers, body: describeResource(made, host, isRoot) };
    }
    case '/.well-known/oauth-authorization-server':
      return flaws.has('server-metadata')
        ? refuse(404, 'There is no such route.')
        : { status: 200, headers, body: describeServer(made) };
    default:
      return undefined;
  }
}

function describeResource({ flaws, origin }: Made, host: string, isRoot: boolean): object {
  const isOther = flaws.has('metadata-agrees') && isRoot;
  return {
    resource: flaws.has('resource-identical') ? 'https://other.example/mcp' : `${host}/mcp`,
    ...(flaws.has('authorization-servers-named')
      ? {}
      : { authorization_servers: [isOther ? 'https://other.example' : origin] }),
    bearer_methods_supported: flaws.has('tokens-in-headers') ? ['header', 'query'] : ['header'],
    scopes_supported: ['read', ...(flaws.has('no-offline-access') ? ['offline_access'] : [])],
  };
}

function describeServer({ flaws, origin }: Made): object {
  return {
    issuer: flaws.has('issuer-identical') ? `${origin}/` : origin,
    authorization_endpoint: `${origin}/authorize`,
    ...(flaws.has('server-metadata-complete')
      ? {}
      : {
          token_endpoint: `${flaws.has('endpoints-over-tls') ? 'http://weather.example' : origin}/token`,
        }),
    registration_endpoint: `${origin}/register`,
    response_types_supported: ['code', ...(flaws.has('no-dropped-grants') ? ['token'] : [])],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    ...(flaws.has('pkce-s256')
      ? {}
      : {
          code_challenge_methods_supported: flaws.has('pkce-no-plain')
            ? ['S256', 'plain']
            : ['S256'],
        }),
    authorization_response_iss_parameter_supported: !flaws.has('issuer-in-answers-offered'),
    client_id_metadata_document_supported: !flaws.has('client-documents-offered'),
  };
}
