/** Products whose access tokens look alike, and what RFC 9068 would have them look like. */
export const PROVIDER_KINDS = [
  'rfc9068',
  'keycloak',
  'entra',
  'auth0',
  'okta',
  'cognito',
  'zitadel',
  'hydra',
] as const;

export type ProviderKind = (typeof PROVIDER_KINDS)[number];
