import type { BuildBearerChallenge } from '../weather-server/controls.ts';

// Today a refused client learns that it needs a token, but not where to get one, and not why the
// one it has was refused.

// TODO 01: Say where the protected resource metadata is (`resource_metadata`, RFC 9728 §5.1), from
// `config` alone; pass on `reason.error` when there is one, and the scopes when they are known
// (RFC 6750 §3). Parameters are quoted strings, separated by commas.
export const buildBearerChallenge: BuildBearerChallenge = () => 'Bearer';
