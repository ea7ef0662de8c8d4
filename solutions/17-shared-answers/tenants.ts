import type {
  KeyOfAnswer,
  KeyOfTenant,
  RequireOwnSensor,
} from '../../exercises/weather-server/controls.ts';
import { NotFoundError } from '../../exercises/weather-server/errors.ts';

/**
 * A tenant is the name that its issuer gives it, together with that issuer: whoever runs another
 * provider may call a company what they like. JSON keeps the two apart whatever is in them; with a
 * separator, somebody can choose a name that moves it.
 *
 * What the caller says is compared and never used. To leave it out of account would be as safe; to
 * refuse it tells a client that is set up for the wrong company.
 */
export const keyOfTenant: KeyOfTenant = (tenant, asked) => {
  if (asked !== undefined && asked !== tenant.id) {
    throw new NotFoundError('Your access token is not for this tenant.');
  }
  return JSON.stringify([tenant.issuer, tenant.id]);
};

/**
 * Everything that the answer depends on, and nothing else: the verified tenant first. A key without it
 * hands the first company's answer to all others (CWE-524).
 */
export const keyOfAnswer: KeyOfAnswer = (tenant, question) => {
  const members = Object.entries(question.arguments).sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return JSON.stringify([tenant.issuer, tenant.id, question.tool, members]);
};

/**
 * One rule for whatever is done to a sensor: to see it and to take it out of service need the same
 * tenant. Neither a scope nor having added it says that (a consultant adds sensors at two companies).
 * A sensor of others and none at all get the same answer, so that numbers tell nothing.
 */
export const requireOwnSensor: RequireOwnSensor = ({ tenant }, sensor) => {
  if (sensor?.tenant !== tenant) throw new NotFoundError('There is no such sensor.');
};
