/** Which control is in which file, under `exercises/` and under `solutions/`. */
import type { ControlName } from '../../exercises/weather-server/controls.ts';

/** The folder is the slug of the control's topic. */
const fileOf: Record<ControlName, `${string}/${string}.ts`> = {
  describeAuthorizationServer: '01-oauth-discovery/metadata.ts',
  describeProtectedResource: '01-oauth-discovery/metadata.ts',
  buildBearerChallenge: '01-oauth-discovery/bearer-challenge.ts',
  registerClient: '02-client-registration/register-client.ts',
  resolveClientDocument: '02-client-registration/client-document.ts',
  validateAuthorizationRequest: '03-pkce/authorization-request.ts',
  verifyCodeChallenge: '03-pkce/authorization-request.ts',
  matchRedirectUri: '03-pkce/redirect-and-consent.ts',
  buildAuthorizationResponse: '03-pkce/redirect-and-consent.ts',
  createConsentGuard: '03-pkce/redirect-and-consent.ts',
  createGrantStore: '04-token-grants/grant-store.ts',
  describeAccessToken: '04-token-grants/access-token.ts',
  verifyAccessToken: '05-access-tokens/verify-access-token.ts',
  createBearerAuth: '05-access-tokens/bearer-auth.ts',
  authorizeTool: '06-scopes/scopes.ts',
  listVisibleTools: '06-scopes/scopes.ts',
  requireOwnAlert: '06-scopes/alert-ownership.ts',
  parseKeyEncryptionKeys: '07-credentials/key-encryption-keys.ts',
  createCredentialVault: '07-credentials/credential-vault.ts',
  citySchema: '08-city-input/city-input.ts',
  unitsSchema: '08-city-input/city-input.ts',
  daysSchema: '08-city-input/city-input.ts',
  searchStations: '09-injection/station-tools.ts',
  resolveReportPath: '09-injection/station-tools.ts',
  pingHost: '09-injection/station-tools.ts',
  buildUpstreamUrl: '09-injection/station-tools.ts',
  presentUpstreamText: '09-injection/model-facing.ts',
  reviewTools: '09-injection/model-facing.ts',
  createRateLimiter: '10-rate-limits/rate-limiter.ts',
  buildRateLimitedResult: '10-rate-limits/rate-limiter.ts',
  requireSingleMessage: '10-rate-limits/single-message.ts',
  createSecurityHeaders: '11-transport/who-may-ask.ts',
  createOriginGuard: '11-transport/who-may-ask.ts',
  createBodyParser: '11-transport/body-parser.ts',
  createAuditLog: '12-audit-log/audit-log.ts',
  verifyAuditLog: '12-audit-log/verify-audit-log.ts',
  buildToolError: '13-error-responses/error-responses.ts',
  createErrorHandler: '13-error-responses/error-responses.ts',
  mountPipeline: '14-secure-server/pipeline.ts',
  orderCallSteps: '14-secure-server/pipeline.ts',
  detectRevision: '15-request-headers/request-headers.ts',
  requireMatchingHeaders: '15-request-headers/request-headers.ts',
  createStateSeal: '16-carried-state/state-seal.ts',
  requireConfirmation: '16-carried-state/confirmation.ts',
  createExportHandles: '16-carried-state/export-handles.ts',
  keyOfTenant: '17-shared-answers/tenants.ts',
  keyOfAnswer: '17-shared-answers/tenants.ts',
  requireOwnSensor: '17-shared-answers/tenants.ts',
  presentSensor: '17-shared-answers/answers.ts',
  chooseCaching: '17-shared-answers/answers.ts',
  createSharedLimiter: '18-many-instances/shared-limiter.ts',
  createSharedGrantStore: '18-many-instances/shared-grants.ts',
  createLineSealer: '18-many-instances/merged-logs.ts',
  verifyMergedLines: '18-many-instances/merged-logs.ts',
  fetchProviderDocument: '19-external-issuer/provider-documents.ts',
  discoverIssuer: '19-external-issuer/provider-documents.ts',
  createKeySource: '19-external-issuer/key-source.ts',
  readProviderClaims: '19-external-issuer/provider-claims.ts',
  createThirdPartySignIn: '20-upstream-authority/third-party-sign-in.ts',
  createTokenKeeper: '20-upstream-authority/third-party-tokens.ts',
  readDiary: '20-upstream-authority/third-party-calls.ts',
  parseFeedUrl: '21-outgoing-requests/outgoing-address.ts',
  chooseAddress: '21-outgoing-requests/outgoing-address.ts',
  fetchFeed: '21-outgoing-requests/fetch-feed.ts',
  planSignIn: '22-hostile-servers/sign-in.ts',
  acceptCallback: '22-hostile-servers/sign-in.ts',
  chooseEndpoint: '22-hostile-servers/endpoints.ts',
  reviewStartEntry: '22-hostile-servers/start-entry.ts',
};

const places = Object.entries(fileOf).map(([control, place]) => {
  const [topic = '', file = ''] = place.split('/');
  return { control, topic, file };
});

/** Slugs, in the order of the table. */
export const topicsWithControls: readonly string[] = [...new Set(places.map(({ topic }) => topic))];

/** Control -> file in `exercises/<slug>/` and `solutions/<slug>/`; empty for an unknown slug. */
export const controlsOf = (slug: string): Partial<Record<ControlName, string>> =>
  Object.fromEntries(
    places.filter(({ topic }) => topic === slug).map(({ control, file }) => [control, file]),
  );
