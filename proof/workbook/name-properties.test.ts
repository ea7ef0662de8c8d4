/** What must hold of every name of a place or of a client that the reference accepts. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { weatherServerConfig } from '../../exercises/weather-server/config.ts';
import { OAuthError } from '../../exercises/weather-server/errors.ts';
import { weatherDatabaseImage } from '../../exercises/weather-server/world/seed.ts';
import { openDatabase } from '../../exercises/weather-server/world/database.ts';
import { Tape } from '../../exercises/weather-server/world/tape.ts';
import { UPSTREAM_BASE_URL } from '../../exercises/weather-server/world/upstream.ts';
import { registerClient } from '../../solutions/02-client-registration/register-client.ts';
import { citySchema } from '../../solutions/08-city-input/city-input.ts';
import { buildUpstreamUrl } from '../../solutions/09-injection/station-tools.ts';
import { createAuditLog } from '../../solutions/12-audit-log/audit-log.ts';
import { withoutJoinersInPlace } from '../../exercises/weather-server/joiners.ts';
import { RAW_CONTROL } from '../../catalogue/attacks/12-audit-log/audit-lines.ts';
import { HIDDEN } from '../../catalogue/attacks/09-injection/naive-agent.ts';

const config = weatherServerConfig('http://127.0.0.1:3001');
const ZWNJ = '\u200c';
const ZWJ = '\u200d';

/** One of each kind that public lists of places have; none of them stands in the stub. */
const REAL_NAMES = [
  'Qo‘qon',
  'Al ‘Amārah',
  '‘Alāqahdārī Shāh Jōy',
  'Donostia / San Sebastián',
  'Frankfurt/Oder',
  'Zürich (Kreis 7) / Witikon',
  'Trinidad & Tobago',
  'Mercier–Hochelaga-Maisonneuve',
  'تل‌سیتی، ایندیانا',
  'باريس، تكساس',
  `نجف${ZWNJ}آباد`,
  `شه${ZWNJ}قڵاوه${ZWNJ}`,
  'שׂדרות ג׳',
  'תל־אביב',
  `ශ්${ZWJ}රී ජයවර්ධනපුර කෝට්ටේ`,
  `ഓക്ക്${ZWNJ}ലാന്റ്`,
  `ബ്രസ്സൽ${ZWNJ}സ്`,
  `র${ZWJ}্যাঙ্কিন`,
  `ସ୍ଟକ୍${ZWNJ} ହମ୍${ZWNJ}`,
  `अ${ZWJ}ॅमस्टरडॅम`,
  'ဗြူလာ၊ မြောက်ဒါကိုတာ',
  'ቢዩላ፣ ሰሜን ዳኮታ',
  'サン・バルテルミー',
  '八五〇农场',
  '天津经济技术开发区（其他片区）',
  'ཌེ་ཝིས།',
];

const BANGKOK =
  'Krung Thep Mahanakhon Amon Rattanakosin Mahinthara Ayuthaya Mahadilok Phop Noppharat Ratchathani Burirom Udomratchaniwet Mahasathan Amon Piman Awatan Sathit Sakkathattiya Witsanukam Prasit';

describe('citySchema', () => {
  const accepts = (city: string): boolean => citySchema.safeParse(city).success;

  test.each(REAL_NAMES)('accepts %s, in either normal form', (city) => {
    expect(citySchema.safeParse(city).data).toBe(city.normalize('NFC'));
    expect(citySchema.safeParse(city.normalize('NFD')).data).toBe(city.normalize('NFC'));
  });

  test('accepts the longest name of a place, and nothing much longer', () => {
    expect(BANGKOK.length).toBeGreaterThan(176);
    expect(accepts(BANGKOK)).toBe(true);
    expect(accepts('𞤂'.repeat(200))).toBe(true);
    expect(accepts('a'.repeat(201))).toBe(false);
    // U+1D160 is three code points in NFC.
    expect(accepts(`a${'\u{1d160}'.repeat(90)}`)).toBe(false);
  });

  test('takes out of Khmer what only says where a line may end', () => {
    expect(citySchema.parse('ព័រតូ\u200bវិលហូ')).toBe('ព័រតូវិលហូ');
    expect(accepts('Pa\u200bris')).toBe(false);
    expect(accepts('ភ្នំ\u200b\u200bពេញ')).toBe(false);
  });

  test.each([
    ['a joiner between Latin letters', `Pa${ZWJ}ris`],
    ['a joiner between Han letters', `東${ZWNJ}京`],
    ['a joiner in front', `${ZWNJ}تهران`],
    ['a joiner at the end of Persian', `تهران${ZWNJ}`],
    ['a joiner beside a blank', `تهران ${ZWNJ}تهران`],
    ['two joiners', `نجف${ZWNJ}${ZWJ}آباد`],
    ['a variation selector after an Arabic letter', 'نجف\ufe00آباد'],
    ['a direction mark', 'تهران\u200f'],
    ['a word joiner', 'نجف\u2060آباد'],
    ['a slash at the end', 'Paris/'],
    ['a slash in front', '/Paris'],
    ['two slashes', 'Paris//London'],
    ['a step out of a folder', 'a/../b'],
    ['a step within a folder', 'a/./b'],
    ['a second ampersand', 'a && b'],
    ['an entity of HTML', 'Paris&lt;'],
    ['a query', 'Paris&units=metric'],
    ['an apostrophe alone', "'"],
    ['an option', '--help'],
    ['a full-width quote', 'Paris＇ OR 1'],
  ])('refuses %s', (_what, city) => {
    expect(accepts(city)).toBe(false);
  });
});

/** Flags made of tags, which are seen: those of England, Scotland and Wales. */
const FLAG_OF_TAGS = new RegExp(String.raw`\p{RGI_Emoji_Tag_Sequence}`, 'gv');

/** Text that is nearly a name: letters of many scripts, signs of names, and what hides beside them. */
const nearName = fc.string({
  unit: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...REAL_NAMES.flatMap((name) => Array.from(name))) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        ...Array.from("aZé1\u0301 .,'’‘/&()·-;<>=%\\\n\u0000\u00ad\u034f\u061c\u180b"),
        ...Array.from('\u115f\u200b\u200c\u200d\u200f\u2028\u202e\u2060\u2066\u3164\ufe0f\ufeff'),
        ...Array.from('＇／＜０（\u{e0041}\u{e0100}'),
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
  ),
  maxLength: 30,
});

/** A real name with something put into it. */
const spoiledName = fc
  .tuple(fc.constantFrom(...REAL_NAMES), fc.nat(), nearName)
  .map(([name, place, put]) => {
    const at = place % (name.length + 1);
    return name.slice(0, at) + put.slice(0, 2) + name.slice(at);
  });

/** The answer of the server to a registration under this name: the name, or the refusal. */
function register(client_name: unknown): string {
  try {
    const metadata = { redirect_uris: ['https://app.example/cb'], client_name };
    return String(registerClient(metadata, config).client_name);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

describe('the name of a client', () => {
  test.each([
    '🌦️ Weather',
    '🌦 Weather',
    `می${ZWNJ}خواهم`,
    `ශ්${ZWJ}රී Client`,
    `👩${ZWJ}💻 DevTool`,
    `👩🏽${ZWJ}🚒 and 👨${ZWJ}👩${ZWJ}👧${ZWJ}👦`,
    `❤️${ZWJ}🔥 ❤${ZWJ}🔥 ❤︎`,
    '🏳️‍🌈 🇯🇵 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    '⛅',
    'Météo de l’Été (beta) <2>',
    '天気アプリ',
  ])('%s is registered as it is', (name) => {
    expect(register(name)).toBe(name);
  });

  test.each([
    ['an override', 'Weather \u202egpj.kcattA'],
    ['an isolate', 'Weather \u2066gpj\u2069'],
    ['a direction mark', 'Weather\u200f'],
    ['a zero-width space', 'Cla\u200bude'],
    ['a joiner between Latin letters', `Cla${ZWJ}ude`],
    ['a joiner after a picture', `🌦️${ZWJ} Weather`],
    ['a joiner after a picture that is asked for as text', `🌦\ufe0e${ZWJ}🌦`],
    ['a selector after a letter', 'Claude\ufe0f'],
    ['a selector after a digit', 'Claude 3\ufe0f'],
    ['two selectors', '🌦️\ufe0f Weather'],
    ['tags', 'Weather \u{e0061}\u{e0064}'],
    ['tags after a picture that has none', '🌦️\u{e0061}\u{e007f}'],
    ['a filler', 'Weather\u3164'],
    ['a grapheme joiner', 'Wea\u034fther'],
    ['a line end', 'Weather\nYour bank'],
    ['a control character', 'Weather\u0007'],
    ['blanks only', '   '],
    ['a mark only', '\u0301'],
    ['nothing', ''],
    ['101 letters', 'x'.repeat(101)],
    ['no text', { toString: 'Weather' }],
  ])('with %s is refused, and the refusal names the member', (_what, name) => {
    expect(register(name)).toMatch(/^invalid_client_metadata: client_name /);
  });

  test('hides nothing if it is accepted', () => {
    const pictures = Array.from('🌦️👩💻🏽❤🇯🇵1⃣\ufe0e\u200d\u200c\ufe0f\u{e0061}\u{e007f}🏴 a©');
    fc.assert(
      fc.property(
        fc.oneof(nearName, fc.string({ unit: fc.constantFrom(...pictures), maxLength: 12 })),
        (name) => {
          if (register(name) !== name) return;
          expect(name.replaceAll(FLAG_OF_TAGS, '')).not.toMatch(HIDDEN);
          expect(name).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
        },
      ),
      { numRuns: 5000 },
    );
  });
});

test.each([
  [null, /^Client metadata/],
  [{ redirect_uris: 'https://app.example/cb' }, /^redirect_uris /],
  [{ redirect_uris: ['https://app.example/cb'], grant_types: ['implicit'] }, /^grant_types /],
  [{ redirect_uris: ['https://app.example/cb'], response_types: 'code' }, /^response_types /],
])('a registration of %j is refused by the name of the member', (metadata, message) => {
  expect(() => registerClient(metadata, config)).toThrow(message);
});

describe('a city that is accepted', () => {
  const database = openDatabase(weatherDatabaseImage(), new Tape(), () => {});
  afterAll(() => database.close());
  const key = randomBytes(32);

  const lineAbout = (city: string): string => {
    const lines: string[] = [];
    createAuditLog((line) => void lines.push(line), key).record({
      call: {
        requestId: 'r',
        tool: 'get_weather',
        arguments: { city },
        actor: undefined,
        token: undefined,
        ip: '::1',
        headers: {},
      },
      outcome: 'succeeded',
    });
    return lines.join('\n');
  };

  test('hides nothing, and comes back as it was from the log, a URL and SQL', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(nearName, spoiledName), async (text) => {
        const { data: city } = citySchema.safeParse(text);
        if (city === undefined) return;
        accepted++;
        expect(withoutJoinersInPlace(city)).not.toMatch(RAW_CONTROL);
        // As the attacks see it, who know nothing of our joiners.
        expect(city).not.toMatch(HIDDEN);

        const line = lineAbout(city);
        expect(line).not.toMatch(RAW_CONTROL);
        const written = JSON.parse(line) as {
          arguments: { city?: string };
          notShown: { name: string }[];
        };
        // A long run with a digit or a capital in it may be a key; that it was there is told.
        if (/\S{20}/u.test(city)) {
          expect(written.arguments.city ?? written.notShown[0]?.name).toMatch(
            written.arguments.city === undefined ? /^city$/ : city,
          );
        } else expect(written.arguments.city).toBe(city);

        const url = new URL(buildUpstreamUrl('current', city, UPSTREAM_BASE_URL));
        expect(url.origin).toBe(new URL(UPSTREAM_BASE_URL).origin);
        expect(url.search + url.hash).toBe('');
        const segments = url.pathname.split('/');
        expect(segments.slice(0, -1)).toEqual(['', 'v1', 'current']);
        expect(decodeURIComponent(segments.at(-1)!)).toBe(city);

        expect(await database.query('SELECT $1 AS city', [city])).toEqual([{ city }]);
      }),
      { numRuns: 5000 },
    );
    expect(accepted).toBeGreaterThan(300);
  });
});

describe('zod', () => {
  // Until 4.4 it counted UTF-16 units; lesson 08 and the limits of the reference rest on this.
  test('counts code points in max and min', () => {
    expect(z.string().max(2).safeParse('𞤂𞤢').success).toBe(true);
    expect(z.string().max(2).safeParse('𞤂𞤢𞤦').success).toBe(false);
    expect(z.string().min(3).safeParse('𞤂𞤢').success).toBe(false);
  });
});
