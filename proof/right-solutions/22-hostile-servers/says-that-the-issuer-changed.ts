import type { PlanSignIn } from '../../../exercises/weather-server/controls.ts';
import { RefusedError } from '../../../exercises/weather-server/errors.ts';
import { planSignIn as rightly } from '../../../solutions/22-hostile-servers/sign-in.ts';

export const idea =
  'A server that names another issuer than before is refused, so that its user hears of it.';

export const planSignIn: PlanSignIn = (documents) => {
  const { kept, server, issuer } = documents;
  const isKnown = kept.some((one) => one.issuer === issuer);
  const before = kept.find((one) => one.server === server.url);
  if (before && !isKnown) {
    throw new RefusedError(`This server used to sign people in at ${before.issuer}.`);
  }
  return rightly(documents);
};
