import type {
  DescribeAuthorizationServer,
  DescribeProtectedResource,
} from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Other members in another order, and more of them: what a bigger server would say as well.';

export const describeAuthorizationServer: DescribeAuthorizationServer = (config) => {
  const document = {
    authorization_response_iss_parameter_supported: true,
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['private_key_jwt', 'none'],
    grant_types_supported: ['refresh_token', 'authorization_code'],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    client_id_metadata_document_supported: true,
    jwks_uri: `${config.issuer}/jwks`,
    registration_endpoint: `${config.issuer}/register`,
    token_endpoint: `${config.issuer}/token`,
    authorization_endpoint: `${config.issuer}/authorize`,
    service_documentation: 'https://docs.example/weather',
    ui_locales_supported: ['en', 'fr'],
    issuer: config.issuer,
  };
  return document;
};

export const describeProtectedResource: DescribeProtectedResource = (config) => {
  const document = {
    resource_name: 'Weather',
    resource_documentation: 'https://docs.example/weather',
    resource_signing_alg_values_supported: ['ES256'],
    authorization_servers: [config.issuer, 'https://login.partner.example'],
    resource: config.resource,
  };
  return document;
};
