import type { BuildBearerChallenge } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The challenge says that a token is needed and why, but not where the metadata is: discovery never begins.';
export const caughtBy = ['discovery-broken', 'client-finds-its-way'];

export const buildBearerChallenge: BuildBearerChallenge = ({ error = 'invalid_token' }) =>
  `Bearer realm="weather", error="${error}"`;
