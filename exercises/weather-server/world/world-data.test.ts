import { describe, expect, test } from 'vitest';
import { cities, type City } from './cities.ts';
import { currentWeather, forecast } from './climate.ts';
import { openDatabase } from './database.ts';
import { weatherDatabaseImage } from './seed.ts';
import { buildReports, buildStations } from './stations.ts';
import { Tape } from './tape.ts';

const SCRIPTS = `
  Adlam Arabic Armenian Bengali Canadian_Aboriginal Cherokee Cyrillic Devanagari Ethiopic Georgian
  Greek Gujarati Gurmukhi Han Hangul Hebrew Hiragana Javanese Kannada Katakana Khmer Lao Latin
  Malayalam Meetei_Mayek Mongolian Myanmar Nko Ol_Chiki Oriya Sinhala Syriac Tamil Telugu Thaana
  Thai Tibetan Tifinagh
`
  .trim()
  .split(/\s+/);

const AWKWARD_NAMES = `
  's-Hertogenbosch | L'Aquila | N'Djamena | Coeur d'Alene | Xi'an | St. John's | Nuku\u02bbalofa
  Washington | Washington, D.C. | Winston-Salem | Halle (Saale) | 100 Mile House | Å | Y
  Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch | Łódź | Đà Nẵng | Hồ Chí Minh
  Şanlıurfa | दिल्ली | 東京 | Paris | New York
`
  .trim()
  .split(/ \| |\n +/);

const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 15, 12)));

function cityNamed(name: string): City {
  const city = cities.find((candidate) => candidate.name === name);
  if (city === undefined) throw new Error(`no city is called ${name}`);
  return city;
}

function openClone() {
  return openDatabase(weatherDatabaseImage(), new Tape(), () => {});
}

function spellings(city: City): string[] {
  return [city.name, ...(city.aliases ?? [])];
}

describe('the cities', () => {
  test('are more than 220, with a country and a place on the globe each', () => {
    expect(cities.length).toBeGreaterThanOrEqual(220);
    for (const { country, latitude, longitude } of cities) {
      expect(country).toMatch(/^[A-Z]{2}$/);
      expect(Math.abs(latitude)).toBeLessThanOrEqual(90);
      expect(Math.abs(longitude)).toBeLessThanOrEqual(180);
    }
  });

  test('have names and aliases in normalization form C, and trimmed', () => {
    const all = cities.flatMap(spellings);
    expect(all.filter((name) => name !== name.normalize('NFC').trim() || name === '')).toEqual([]);
  });

  test('never share a spelling, whatever its case', () => {
    const all = cities.flatMap(spellings).map((name) => name.toLowerCase());
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
  });

  test('are written in all of these scripts', () => {
    const written = SCRIPTS.filter((script) => {
      const letter = new RegExp(`\\p{Script=${script}}`, 'u');
      return cities.some(({ name }) => letter.test(name));
    });
    expect(written).toEqual(SCRIPTS);
    expect(written.length).toBeGreaterThanOrEqual(15);
  });

  test('need no other characters than letters, marks, digits, spaces and seven signs', () => {
    const known = /^[\p{L}\p{M}\p{Nd} '.,()\u0f0b-]+$/u;
    expect(cities.flatMap(spellings).filter((name) => !known.test(name))).toEqual([]);
  });

  test('all have a spelling in plain ASCII', () => {
    const ascii = /^[\x20-\x7e]+$/;
    const without = cities.filter((city) => !spellings(city).some((name) => ascii.test(name)));
    expect(without).toEqual([]);
  });

  test.each(AWKWARD_NAMES)('include %s', (name) => {
    expect(cities.map((city) => city.name)).toContain(name);
  });

  test('know 東京 as Tokyo', () => {
    expect(cityNamed('東京').aliases).toContain('Tokyo');
  });
});

describe('the weather', () => {
  test('is the same all day and another on other days', () => {
    const paris = cityNamed('Paris');
    const morning = currentWeather(paris, new Date('2026-03-01T00:00:00.000Z'));
    expect(currentWeather(paris, new Date('2026-03-01T23:59:59.999Z'))).toEqual(morning);
    expect(currentWeather(paris, new Date('2026-03-02T00:00:00.000Z'))).not.toEqual(morning);
  });

  test('is not the same everywhere', () => {
    const at = new Date('2026-03-01');
    const answers = new Set(cities.map((city) => JSON.stringify(currentWeather(city, at))));
    expect(answers.size).toBeGreaterThan(cities.length * 0.9);
  });

  test('stays within plausible bounds in every city and month', () => {
    for (const city of cities) {
      for (const at of months) {
        const { temperatureC, humidityPercent, windKmh, condition } = currentWeather(city, at);
        expect(temperatureC).toBeGreaterThan(-50);
        expect(temperatureC).toBeLessThan(45);
        expect(humidityPercent).toBeGreaterThanOrEqual(10);
        expect(humidityPercent).toBeLessThanOrEqual(100);
        expect(windKmh).toBeGreaterThanOrEqual(0);
        expect(windKmh).toBeLessThanOrEqual(100);
        expect(condition).toMatch(/^[a-z ]+$/);
        if (condition === 'snow') expect(temperatureC).toBeLessThanOrEqual(1);
      }
    }
  });

  test.each([
    ['Oslo', '2026-07-15', '2026-01-15'],
    ['Sydney', '2026-01-15', '2026-07-15'],
  ])('of %s is warmer on %s than on %s', (name, summer, winter) => {
    const meanOf = (from: string): number => {
      const days = forecast(cityNamed(name), new Date(from), 14);
      return days.reduce((sum, day) => sum + day.minC + day.maxC, 0) / 28;
    };
    expect(meanOf(summer)).toBeGreaterThan(meanOf(winter) + 5);
  });

  test('is forecast for as many days as asked, across a leap day', () => {
    const days = forecast(cityNamed('東京'), new Date('2028-02-28T22:00:00Z'), 3);
    expect(days.map((day) => day.date)).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
    expect(forecast(cityNamed('東京'), new Date('2028-02-28'), 0)).toEqual([]);
  });

  test('turns out as it was forecast', () => {
    for (const city of cities) {
      for (const { date, minC, maxC, condition } of forecast(city, new Date('2026-03-01'), 14)) {
        const actual = currentWeather(city, new Date(date));
        expect(actual.condition).toBe(condition);
        expect(actual.temperatureC).toBeGreaterThan(minC);
        expect(actual.temperatureC).toBeLessThan(maxC);
      }
    }
  });
});

describe('the stations', () => {
  const stations = buildStations();

  test('are a few hundred, numbered from 1, and always the same', () => {
    expect(stations.length).toBeGreaterThan(350);
    expect(stations.length).toBeLessThan(450);
    expect(stations.map(({ id }) => id)).toEqual(stations.map((_, index) => index + 1));
    expect(buildStations()).toEqual(stations);
  });

  test('stand one to three in a city, or one more for a test site', () => {
    for (const city of cities) {
      const here = stations.filter((station) => station.city === city.name);
      expect(here.length).toBeGreaterThanOrEqual(1);
      expect(here.length).toBeLessThanOrEqual(4);
      for (const { country, latitude, longitude } of here) {
        expect(country).toBe(city.country);
        expect(Math.abs(latitude - city.latitude)).toBeLessThan(0.1);
        expect(Math.abs(longitude - city.longitude)).toBeLessThan(0.1);
      }
    }
  });

  test('have names and hosts of their own, and hosts a resolver accepts', () => {
    expect(new Set(stations.map(({ name }) => name)).size).toBe(stations.length);
    expect(new Set(stations.map(({ host }) => host)).size).toBe(stations.length);
    for (const { host } of stations) {
      expect(host).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.stations\.example$/);
    }
    expect(stations.find(({ name }) => name === 'Paris Observatory')?.host).toBe(
      'paris-1.stations.example',
    );
    expect(stations.map(({ name }) => name)).toContain('東京 Harbour');
  });

  test('hold exactly one name with each wildcard of LIKE', () => {
    const names = stations.map(({ name }) => name);
    expect(names.filter((name) => name.includes('%'))).toEqual(['Humidity 100% Test Site']);
    expect(names.filter((name) => name.includes('_'))).toEqual(['Under_score Ridge']);
    expect(names.filter((name) => name.includes('\\'))).toEqual(['Back\\slash Point']);
  });
});

describe('the reports', () => {
  const reports = buildReports();

  test('are a few hundred, and always the same', () => {
    expect(reports.size).toBeGreaterThan(250);
    expect(reports.size).toBeLessThan(350);
    expect(buildReports()).toEqual(reports);
  });

  test('have ASCII names, one for every city', () => {
    const monthly = [...reports.keys()].filter((name) => name.startsWith('2026-03-'));
    expect(monthly).toHaveLength(cities.length);
    for (const name of monthly) expect(name).toMatch(/^2026-03-[a-z0-9]+(?:-[a-z0-9]+)*\.txt$/);
    expect(monthly).toContain('2026-03-tokyo.txt');
  });

  test('include a name that begins with dots and one in a folder', () => {
    expect(reports.get('..report.txt')).toBeTruthy();
    expect(reports.get('archive/2025-12-paris.txt')).toContain('Paris (FR), 2025-12');
  });

  test('tell the weather of their month', () => {
    const days = forecast(cityNamed('Paris'), new Date('2026-03-01'), 31);
    const report = reports.get('2026-03-paris.txt');
    expect(report).toContain(`down to ${Math.min(...days.map((day) => day.minC))} °C`);
    expect(report).toContain(`reached ${Math.max(...days.map((day) => day.maxC))} °C`);
    expect(report).toContain('of 31 days');
  });
});

describe('the database image', () => {
  test('is made once', () => {
    expect(weatherDatabaseImage()).toBe(weatherDatabaseImage());
  });

  test('holds every station as built', async () => {
    const database = openClone();
    expect(await database.query('SELECT * FROM stations ORDER BY id')).toEqual(buildStations());
    database.close();
  });

  test.each(['alerts', 'api_keys'])('leaves %s empty', async (table) => {
    const database = openClone();
    expect(await database.query(`SELECT * FROM ${table}`)).toEqual([]);
    database.close();
  });

  test('is cloned: what one database loses, the next still has', async () => {
    const broken = openClone();
    await broken.exec("DROP TABLE stations; INSERT INTO api_keys VALUES ('a', 'b', 'c')");
    broken.close();
    const fresh = openClone();
    const [count] = await fresh.query('SELECT count(*) AS stations FROM stations');
    expect(count).toEqual({ stations: buildStations().length });
    expect(await fresh.query('SELECT * FROM api_keys')).toEqual([]);
    fresh.close();
  });
});
