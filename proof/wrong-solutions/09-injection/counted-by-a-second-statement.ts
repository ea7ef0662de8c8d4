import type { SearchStations } from '../../../exercises/weather-server/controls.ts';
import { searchStations as rightly } from '../../../solutions/09-injection/station-tools.ts';

export const mistake =
  'The search itself binds its text; a count that goes before it does not, since its result is shown to nobody.';
export const caughtBy = ['sqli-stacked', 'sqli-tautology-union'];

export const searchStations: SearchStations = async (search, database) => {
  const counted = await database
    .exec(`SELECT count(*) AS found FROM stations WHERE name LIKE '%${search.query}%'`)
    .catch(() => []); // It only saves work.
  if (counted[0]?.found === 0) return [];
  return rightly(search, database);
};
