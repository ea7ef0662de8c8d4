import type { ChooseCaching, PresentSensor } from '../../exercises/weather-server/controls.ts';

const FIVE_MINUTES_MS = 5 * 60_000;

/**
 * Names what is shown, down to the members inside: a column that somebody adds next year is not shown
 * until somebody decides that it should be (OWASP API3:2023). To leave out what is known to be secret
 * shows all that nobody has thought of.
 *
 * `note` is left out whole. It may hold a key in any form, and no pattern knows all forms. What is in
 * `description` is shown as it is: that it is for everybody in the company, its author was told.
 */
export const presentSensor: PresentSensor = ({
  id,
  name,
  city,
  description,
  gateway,
  readings,
}) => ({
  id,
  name,
  city,
  description,
  gateway: { host: gateway.host, port: gateway.port },
  readings: readings.map(({ at, temperatureC }) => ({ at, temperatureC })),
});

/**
 * What this server can do is the same for everybody, and may be kept by anybody. Which tools there are
 * depends on the caller's scopes: the list is `private`, also for an administrator, from whom nothing is
 * hidden. And it is stale at once. A client that gets a token with more scopes asks again, and so does
 * one that keeps the answers of several users in one place, as SDK clients do unless they are told not to.
 */
export const chooseCaching: ChooseCaching = ({ method }) =>
  method === 'server/discover'
    ? { ttlMs: FIVE_MINUTES_MS, cacheScope: 'public' }
    : { ttlMs: 0, cacheScope: 'private' };
