import { InvalidTokenError as SdkInvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import type { CreateBearerAuth } from '../../../exercises/weather-server/controls.ts';

export const idea =
  "The SDK's own requireBearerAuth, with a verifier that throws the SDK's own error.";

export const createBearerAuth: CreateBearerAuth = ({ verifyAccessToken, config }) => {
  const { origin, pathname } = new URL(config.resource);
  return requireBearerAuth({
    resourceMetadataUrl: `${origin}/.well-known/oauth-protected-resource${pathname}`,
    verifier: {
      async verifyAccessToken(token) {
        try {
          return await verifyAccessToken(token);
        } catch {
          throw new SdkInvalidTokenError('The token is not valid here.');
        }
      },
    },
  });
};
