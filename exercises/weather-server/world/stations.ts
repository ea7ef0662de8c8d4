/** Weather stations and monthly reports: all that there is to search, ping and read. */
import { cities, type City } from './cities.ts';
import { chancesFrom, forecast } from './climate.ts';

export interface Station {
  id: number;
  name: string;
  city: string;
  country: string;
  latitude: number;
  longitude: number;
  elevation_m: number;
  host: string;
}

/**
 * Stations whose names mean something else to SQL `LIKE`, the usual escape character among it, and so
 * tell whether a search escapes them.
 */
const LIKE_STATIONS = [
  { name: 'Humidity 100% Test Site', cityName: 'Singapore' },
  { name: 'Under_score Ridge', cityName: 'Wellington' },
  { name: 'Back\\slash Point', cityName: 'Reykjavík' },
];

/** Every station, in the order of its id: one to three in each city, then the odd ones. */
export function buildStations(): Station[] {
  const stations = cities.flatMap((city) => {
    const chance = chancesFrom(`sites in ${city.name}, ${city.country}`);
    return siteNames(chance()).map((site, index) =>
      stationIn(city, `${city.name} ${site}`, `${asciiName(city)} ${index + 1}`, chance),
    );
  });
  for (const { name, cityName } of LIKE_STATIONS) {
    stations.push(stationIn(cityNamed(cityName), name, name, chancesFrom(name)));
  }
  return stations.map((station, index) => ({ id: index + 1, ...station }));
}

/** The report files by name, relative to the report folder: a month of weather in each city. */
export function buildReports(): Map<string, string> {
  const reports = new Map<string, string>();
  for (const city of cities) {
    reports.set(`2026-03-${slug(asciiName(city))}.txt`, monthlyReport(city, 2026, 3));
  }
  // Both are inside the folder, though a check that looks for `..` or `/` anywhere says otherwise.
  reports.set(
    '..report.txt',
    'Report of reports: one file a city and month, named YYYY-MM-city.txt.\n',
  );
  reports.set('archive/2025-12-paris.txt', monthlyReport(cityNamed('Paris'), 2025, 12));
  return reports;
}

function siteNames(chance: number): string[] {
  if (chance < 0.75) return ['Observatory'];
  if (chance < 0.93) return ['Observatory', 'Harbour'];
  return ['Observatory', 'Harbour', 'Airport'];
}

function stationIn(
  city: City,
  name: string,
  hostName: string,
  chance: () => number,
): Omit<Station, 'id'> {
  return {
    name,
    city: city.name,
    country: city.country,
    latitude: nearby(city.latitude, chance()),
    longitude: nearby(city.longitude, chance()),
    elevation_m: Math.round(2 + 900 * chance() ** 3),
    host: `${slug(hostName)}.stations.example`,
  };
}

/** At most 0.05 degrees away, to four decimals. */
function nearby(degrees: number, chance: number): number {
  return Number((degrees + (chance - 0.5) / 10).toFixed(4));
}

function monthlyReport(city: City, year: number, month: number): string {
  const first = new Date(Date.UTC(year, month - 1, 1));
  // Day 0 of the next month is the last of this one.
  const days = forecast(city, first, new Date(Date.UTC(year, month, 0)).getUTCDate());
  const coldest = days.reduce((a, b) => (b.minC < a.minC ? b : a));
  const warmest = days.reduce((a, b) => (b.maxC > a.maxC ? b : a));
  const mean = days.reduce((sum, day) => sum + (day.minC + day.maxC) / 2, 0) / days.length;
  const wet = days.filter((day) => ['rain', 'snow', 'thunderstorm'].includes(day.condition));
  const clear = days.filter((day) => day.condition === 'clear');
  return [
    `${city.name} (${city.country}), ${first.toISOString().slice(0, 7)}`,
    '',
    `The mean temperature of the month was ${mean.toFixed(1)} °C.`,
    `The coldest night, ${coldest.date}, went down to ${coldest.minC} °C;`,
    `the warmest day, ${warmest.date}, reached ${warmest.maxC} °C.`,
    `There was rain or snow on ${wet.length} of ${days.length} days; ${clear.length} were clear.`,
    '',
  ].join('\n');
}

/** The first spelling in plain ASCII; the list of cities has one for each. */
function asciiName(city: City): string {
  const spellings = [city.name, ...(city.aliases ?? [])];
  return spellings.find((spelling) => /^[\x20-\x7e]+$/.test(spelling)) ?? city.name;
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/'/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function cityNamed(name: string): City {
  const city = cities.find((candidate) => candidate.name === name);
  if (city === undefined) throw new Error(`no city is called ${name}`);
  return city;
}
