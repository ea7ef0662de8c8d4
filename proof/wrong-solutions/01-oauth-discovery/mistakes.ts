import type { Request } from 'express';
import type {
  DescribeAuthorizationServer,
  DescribeProtectedResource,
} from '../../../exercises/weather-server/controls.ts';
import { describeAuthorizationServer as rightly } from '../../../solutions/01-oauth-discovery/metadata.ts';
import type { Mistake } from '../../solutions.ts';

export const mistakes: Mistake[] = [
  {
    name: 'allowed-host-any-port',
    mistake:
      'The host name is compared with a list and then the whole header is used: with another port it leads to another program.',
    caughtBy: ['metadata-host-poisoning'],
    controls: {
      describeProtectedResource: (config, request) => {
        const isKnown = config.allowedHosts.includes(request.hostname);
        const base = isKnown ? `http://${request.get('host')}` : config.issuer;
        return {
          resource: `${base}/mcp`,
          authorization_servers: [base],
          scopes_supported: config.scopesSupported,
          bearer_methods_supported: ['header'],
        };
      },
    },
  },
  {
    name: 'challenge-from-the-host-header',
    mistake:
      'The documents are built from configuration, but the address of the first one is built from the Host header.',
    caughtBy: ['metadata-host-poisoning'],
    controls: {
      buildBearerChallenge: ({ error }, _config, request) => {
        const metadata = `http://${request.get('host')}/.well-known/oauth-protected-resource/mcp`;
        return `Bearer resource_metadata="${metadata}"${error ? `, error="${error}"` : ''}`;
      },
    },
  },
  {
    name: 'challenge-names-authorization-server',
    mistake:
      'resource_metadata leads to the document of the authorization server, which does not say what it is for.',
    caughtBy: ['discovery-broken', 'client-finds-its-way'],
    controls: {
      buildBearerChallenge: ({ error }, { issuer }) => {
        const metadata = `${issuer}/.well-known/oauth-authorization-server`;
        return `Bearer resource_metadata="${metadata}"${error ? `, error="${error}"` : ''}`;
      },
    },
  },
  {
    name: 'challenge-with-relative-url',
    mistake: 'resource_metadata is a path; the parameter has to be a URL.',
    caughtBy: ['discovery-broken', 'client-finds-its-way'],
    controls: {
      buildBearerChallenge: ({ error }) =>
        `Bearer resource_metadata="/.well-known/oauth-protected-resource/mcp"${error ? `, error="${error}"` : ''}`,
    },
  },
  {
    name: 'challenge-without-commas',
    mistake:
      'The parameters are separated by blanks instead of commas: a client that reads by the grammar stops after the first.',
    caughtBy: ['discovery-broken', 'client-finds-its-way'],
    controls: {
      buildBearerChallenge: ({ error = 'invalid_token' }, { resource }) => {
        const metadata = new URL('/.well-known/oauth-protected-resource/mcp', resource).href;
        return `Bearer error="${error}" resource_metadata="${metadata}"`;
      },
    },
  },
  {
    name: 'challenge-without-metadata',
    mistake:
      'The challenge says that a token is needed and why, but not where the metadata is: discovery never begins.',
    caughtBy: ['discovery-broken', 'client-finds-its-way'],
    controls: {
      buildBearerChallenge: ({ error = 'invalid_token' }) =>
        `Bearer realm="weather", error="${error}"`,
    },
  },
  {
    name: 'challenge-without-quotes',
    mistake:
      'The URL stands without quotes, where only a single word may: a client that reads by the grammar stops at the first colon.',
    caughtBy: ['discovery-broken', 'client-finds-its-way'],
    controls: {
      buildBearerChallenge: ({ error }, { resource }) => {
        const metadata = new URL('/.well-known/oauth-protected-resource/mcp', resource).href;
        return `Bearer resource_metadata=${metadata}${error ? `, error=${error}` : ''}`;
      },
    },
  },
  {
    name: 'challenge-without-reason',
    mistake:
      'Every refusal gets the same challenge: a client with an expired token is not told that a new one would do.',
    caughtBy: ['discovery-broken'],
    controls: {
      buildBearerChallenge: (_reason, { resource }) =>
        `Bearer resource_metadata="${new URL('/.well-known/oauth-protected-resource/mcp', resource).href}"`,
    },
  },
  {
    name: 'challenge-without-scheme',
    mistake:
      'The header begins with its parameters and names no scheme: it is not a Bearer challenge.',
    caughtBy: ['discovery-broken', 'client-finds-its-way'],
    controls: {
      buildBearerChallenge: ({ error = 'invalid_token' }, { resource }) => {
        const metadata = new URL('/.well-known/oauth-protected-resource/mcp', resource).href;
        return `error="${error}", resource_metadata="${metadata}"`;
      },
    },
  },
  {
    name: 'endpoints-without-host',
    mistake:
      'The endpoints are paths; a client that reads them from a file or a cache has no host to add.',
    caughtBy: ['discovery-broken', 'client-finds-its-way'],
    controls: {
      describeAuthorizationServer: (config) => ({
        issuer: config.issuer,
        authorization_endpoint: '/authorize',
        token_endpoint: '/token',
        registration_endpoint: '/register',
        jwks_uri: '/jwks',
        scopes_supported: config.scopesSupported,
        response_types_supported: ['code'],
        grant_types_supported: ['authorization_code', 'refresh_token'],
        code_challenge_methods_supported: ['S256'],
        token_endpoint_auth_methods_supported: ['none'],
        authorization_response_iss_parameter_supported: true,
      }),
    },
  },
  {
    name: 'every-grant-type',
    mistake:
      'The list of grant types was copied from a bigger server: it offers the implicit and the password grant, which OAuth 2.1 removed.',
    caughtBy: ['discovery-broken'],
    controls: {
      describeAuthorizationServer: (config) => ({
        issuer: config.issuer,
        authorization_endpoint: `${config.issuer}/authorize`,
        token_endpoint: `${config.issuer}/token`,
        registration_endpoint: `${config.issuer}/register`,
        jwks_uri: `${config.issuer}/jwks`,
        scopes_supported: config.scopesSupported,
        response_types_supported: ['code'],
        grant_types_supported: ['authorization_code', 'refresh_token', 'implicit', 'password'],
        code_challenge_methods_supported: ['S256'],
        token_endpoint_auth_methods_supported: ['none'],
        authorization_response_iss_parameter_supported: true,
      }),
    },
  },
  {
    name: 'forwarded-host-believed',
    mistake:
      'Only X-Forwarded-Host is believed, because the proxy sets it; without a proxy in front the attacker does.',
    caughtBy: ['metadata-host-poisoning'],
    controls: {
      describeAuthorizationServer: (config, request) => {
        const forwarded = request.get('x-forwarded-host');
        const base = forwarded ? `https://${forwarded}` : config.issuer;
        return {
          issuer: base,
          authorization_endpoint: `${base}/authorize`,
          token_endpoint: `${base}/token`,
          registration_endpoint: `${base}/register`,
          jwks_uri: `${base}/jwks`,
          scopes_supported: config.scopesSupported,
          response_types_supported: ['code'],
          grant_types_supported: ['authorization_code', 'refresh_token'],
          code_challenge_methods_supported: ['S256'],
          token_endpoint_auth_methods_supported: ['none'],
          authorization_response_iss_parameter_supported: true,
        };
      },
    },
  },
  {
    name: 'forwarded-scheme-believed',
    mistake:
      'The scheme is taken from X-Forwarded-Proto: an attacker who plants http there gets users to sign in without encryption.',
    caughtBy: ['metadata-host-poisoning'],
    controls: {
      describeAuthorizationServer: (config, request) => {
        const protocol = request.get('x-forwarded-proto') ?? request.protocol;
        const base = `${protocol}://${new URL(config.issuer).host}`;
        return {
          issuer: base,
          authorization_endpoint: `${base}/authorize`,
          token_endpoint: `${base}/token`,
          registration_endpoint: `${base}/register`,
          jwks_uri: `${base}/jwks`,
          scopes_supported: config.scopesSupported,
          response_types_supported: ['code'],
          grant_types_supported: ['authorization_code', 'refresh_token'],
          code_challenge_methods_supported: ['S256'],
          token_endpoint_auth_methods_supported: ['none'],
          authorization_response_iss_parameter_supported: true,
        };
      },
    },
  },
  {
    name: 'from-the-host-header',
    mistake:
      'The documents are built from the Host header, so that they are right on every port; whoever chooses that header chooses where users sign in.',
    caughtBy: ['metadata-host-poisoning'],
    controls() {
      const baseUrlOf = (request: Request): string =>
        `${request.protocol}://${request.get('host')}`;

      const describeAuthorizationServer: DescribeAuthorizationServer = (config, request) => ({
        issuer: baseUrlOf(request),
        authorization_endpoint: `${baseUrlOf(request)}/authorize`,
        token_endpoint: `${baseUrlOf(request)}/token`,
        registration_endpoint: `${baseUrlOf(request)}/register`,
        jwks_uri: `${baseUrlOf(request)}/jwks`,
        scopes_supported: config.scopesSupported,
        response_types_supported: ['code'],
        grant_types_supported: ['authorization_code', 'refresh_token'],
        code_challenge_methods_supported: ['S256'],
        token_endpoint_auth_methods_supported: ['none'],
        authorization_response_iss_parameter_supported: true,
      });

      const describeProtectedResource: DescribeProtectedResource = (_config, request) => ({
        resource: `${baseUrlOf(request)}/mcp`,
        authorization_servers: [baseUrlOf(request)],
        bearer_methods_supported: ['header'],
      });

      return { describeAuthorizationServer, describeProtectedResource };
    },
  },
  {
    name: 'issuer-with-slash',
    mistake:
      'The issuer went through new URL(), which put a slash at its end: it is no longer the issuer that tokens name.',
    caughtBy: ['discovery-broken', 'client-finds-its-way'],
    controls: {
      describeAuthorizationServer: (config) => ({
        issuer: new URL(config.issuer).href,
        authorization_endpoint: `${config.issuer}/authorize`,
        token_endpoint: `${config.issuer}/token`,
        registration_endpoint: `${config.issuer}/register`,
        jwks_uri: `${config.issuer}/jwks`,
        scopes_supported: config.scopesSupported,
        response_types_supported: ['code'],
        grant_types_supported: ['authorization_code', 'refresh_token'],
        code_challenge_methods_supported: ['S256'],
        token_endpoint_auth_methods_supported: ['none'],
        authorization_response_iss_parameter_supported: true,
      }),
    },
  },
  {
    name: 'metadata-url-as-issuer',
    mistake:
      'authorization_servers holds the address of a document instead of the issuer; clients put the well-known path in front of it once more.',
    caughtBy: ['discovery-broken', 'client-finds-its-way'],
    controls: {
      describeProtectedResource: (config) => ({
        resource: config.resource,
        authorization_servers: [`${config.issuer}/.well-known/oauth-authorization-server`],
        scopes_supported: config.scopesSupported,
        bearer_methods_supported: ['header'],
      }),
    },
  },
  {
    name: 'no-auth-methods',
    mistake:
      'How clients authenticate is left out, which means with a client secret; public clients have none.',
    caughtBy: ['discovery-broken'],
    controls: {
      describeAuthorizationServer: (config) => ({
        issuer: config.issuer,
        authorization_endpoint: `${config.issuer}/authorize`,
        token_endpoint: `${config.issuer}/token`,
        registration_endpoint: `${config.issuer}/register`,
        jwks_uri: `${config.issuer}/jwks`,
        scopes_supported: config.scopesSupported,
        response_types_supported: ['code'],
        grant_types_supported: ['authorization_code', 'refresh_token'],
        code_challenge_methods_supported: ['S256'],
        authorization_response_iss_parameter_supported: true,
      }),
    },
  },
  {
    name: 'no-authorization-servers',
    mistake: 'The document says what the resource is, and not who issues tokens for it.',
    caughtBy: ['discovery-broken', 'client-finds-its-way'],
    controls: {
      describeProtectedResource: (config) => ({
        resource: config.resource,
        scopes_supported: config.scopesSupported,
        bearer_methods_supported: ['header'],
      }),
    },
  },
  {
    name: 'no-iss-promised',
    mistake:
      'Answers carry iss, but the document does not say so, and clients cannot rely on what was not promised.',
    caughtBy: ['discovery-broken'],
    controls: {
      describeAuthorizationServer: (config) => ({
        issuer: config.issuer,
        authorization_endpoint: `${config.issuer}/authorize`,
        token_endpoint: `${config.issuer}/token`,
        registration_endpoint: `${config.issuer}/register`,
        jwks_uri: `${config.issuer}/jwks`,
        scopes_supported: config.scopesSupported,
        response_types_supported: ['code'],
        grant_types_supported: ['authorization_code', 'refresh_token'],
        code_challenge_methods_supported: ['S256'],
        token_endpoint_auth_methods_supported: ['none'],
      }),
    },
  },
  {
    name: 'no-pkce-method',
    mistake:
      'The document does not say that PKCE uses S256; a careful client then refuses to go on, and a careless one goes on without PKCE.',
    caughtBy: ['discovery-broken'],
    controls: {
      describeAuthorizationServer: (config) => ({
        issuer: config.issuer,
        authorization_endpoint: `${config.issuer}/authorize`,
        token_endpoint: `${config.issuer}/token`,
        registration_endpoint: `${config.issuer}/register`,
        jwks_uri: `${config.issuer}/jwks`,
        scopes_supported: config.scopesSupported,
        response_types_supported: ['code'],
        grant_types_supported: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_methods_supported: ['none'],
        authorization_response_iss_parameter_supported: true,
      }),
    },
  },
  {
    name: 'no-registration',
    mistake:
      'The document names no registration endpoint, though there is one: a new client has no way in.',
    caughtBy: ['discovery-broken', 'client-finds-its-way'],
    controls: {
      describeAuthorizationServer: (config) => ({
        issuer: config.issuer,
        authorization_endpoint: `${config.issuer}/authorize`,
        token_endpoint: `${config.issuer}/token`,
        jwks_uri: `${config.issuer}/jwks`,
        scopes_supported: config.scopesSupported,
        response_types_supported: ['code'],
        grant_types_supported: ['authorization_code', 'refresh_token'],
        code_challenge_methods_supported: ['S256'],
        token_endpoint_auth_methods_supported: ['none'],
        authorization_response_iss_parameter_supported: true,
      }),
    },
  },
  {
    name: 'plain-pkce-offered',
    mistake:
      'Both PKCE methods are offered, for old clients; with plain, whoever reads the request can redeem the code.',
    caughtBy: ['discovery-broken'],
    controls: {
      describeAuthorizationServer: (config) => ({
        issuer: config.issuer,
        authorization_endpoint: `${config.issuer}/authorize`,
        token_endpoint: `${config.issuer}/token`,
        registration_endpoint: `${config.issuer}/register`,
        jwks_uri: `${config.issuer}/jwks`,
        scopes_supported: config.scopesSupported,
        response_types_supported: ['code'],
        grant_types_supported: ['authorization_code', 'refresh_token'],
        code_challenge_methods_supported: ['S256', 'plain'],
        token_endpoint_auth_methods_supported: ['none'],
        authorization_response_iss_parameter_supported: true,
      }),
    },
  },
  {
    name: 'registration-elsewhere',
    mistake:
      'The registration endpoint was copied from another server’s document; here it has another path, and a new client finds nobody there.',
    caughtBy: ['client-finds-its-way'],
    controls: {
      describeAuthorizationServer: (config, request) => ({
        ...rightly(config, request),
        registration_endpoint: new URL('/oauth/register', config.issuer).href,
      }),
    },
  },
  {
    name: 'resource-without-path',
    mistake:
      'The resource is named without its path: it is not the address that the client calls, so the client must not use the document.',
    caughtBy: ['discovery-broken', 'client-finds-its-way'],
    controls: {
      describeProtectedResource: (config) => ({
        resource: new URL(config.resource).origin,
        authorization_servers: [config.issuer],
        scopes_supported: config.scopesSupported,
        bearer_methods_supported: ['header'],
      }),
    },
  },
  {
    name: 'tokens-in-the-query-offered',
    mistake:
      'The document invites clients to send tokens in the query string, where every log on the way keeps them.',
    caughtBy: ['discovery-broken'],
    controls: {
      describeProtectedResource: (config) => ({
        resource: config.resource,
        authorization_servers: [config.issuer],
        scopes_supported: config.scopesSupported,
        bearer_methods_supported: ['header', 'query'],
      }),
    },
  },
];
