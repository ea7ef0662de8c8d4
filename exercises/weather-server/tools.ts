/**
 * The tools of the weather server: what each needs, takes and does. Arguments reach `run` only
 * after the validation step; what a tool does with the world goes through the controls of topics
 * 07, 09, 16, 17 and 21.
 */
import { z } from 'zod';
import { confirmedTools } from './confirmed-tools.ts';
import type { PresentedText, SecurityControls, Units } from './controls.ts';
import { defineTool, ownerIn, ownerOf, structured, text, type Tool } from './define-tool.ts';
import { NotFoundError, UnavailableError } from './errors.ts';
import { exportTools } from './export-tools.ts';
import { readFeed } from './feed.ts';
import { sensorTools } from './sensor-tools.ts';
import type { ThirdPartyConnection } from './third-party-connection.ts';
import { storeUpstreamKey } from './upstream-key.ts';
import { REPORT_FOLDER } from './world/files.ts';
import { UPSTREAM_BASE_URL } from './world/upstream.ts';
import type { World } from './world/world.ts';

/** Characters of outside text that a model is shown, at most. */
const LONGEST_PHRASE = 200;
const LONGEST_REPORT = 4000;
const LONGEST_ALERT = 500;
/** Of any argument; what it may be like is for its control to say. */
const LONGEST_ARGUMENT = 2000;

/** What the weather service is expected to say. Its free text goes through topic 09. */
const country = z.string().regex(/^[A-Z]{2}$/);
const currentWeather = z.object({
  country,
  temperatureC: z.number(),
  humidityPercent: z.number(),
  condition: z.string(),
});
const forecast = z.object({
  country,
  days: z.array(
    z.object({
      date: z.iso.date(),
      minC: z.number(),
      maxC: z.number(),
      condition: z.string(),
    }),
  ),
});

/** All tools, in the order `tools/list` shows them; `thirdParty`: where the server acts for its users. */
export function createTools(
  controls: SecurityControls,
  world: World,
  thirdParty?: ThirdPartyConnection,
): Tool[] {
  const openKey = storeUpstreamKey(controls, world);

  const present = (outside: string, maxCharacters = LONGEST_PHRASE): PresentedText =>
    controls.presentUpstreamText(outside, maxCharacters);

  async function askUpstream<T>(
    endpoint: 'current' | 'forecast',
    city: string,
    expected: z.ZodType<T>,
  ): Promise<T> {
    const url = controls.buildUpstreamUrl(endpoint, city, UPSTREAM_BASE_URL);
    const response = await world.upstream.fetch(url, { 'x-api-key': await openKey() });
    if (response.status === 404) throw new NotFoundError('No weather is known for this city.');
    const answer = response.ok ? expected.safeParse(await response.json()) : undefined;
    if (!answer?.success) throw new UnavailableError('The weather service gives no weather now.');
    return answer.data;
  }

  return [
    defineTool({
      name: 'get_weather',
      title: 'Current weather',
      description: 'The weather in a city right now.',
      scope: 'weather:read',
      input: z.object({ city: controls.citySchema, units: controls.unitsSchema }),
      async run({ city, units }) {
        const now = await askUpstream('current', city, currentWeather);
        return structured({
          city,
          country: now.country,
          temperature: inUnits(now.temperatureC, units),
          units,
          humidity_percent: now.humidityPercent,
          condition: present(now.condition),
        });
      },
    }),
    defineTool({
      name: 'get_forecast',
      title: 'Forecast',
      description: 'Daily forecast for a city, up to two weeks ahead.',
      scope: 'weather:read',
      input: z.object({
        city: controls.citySchema,
        days: controls.daysSchema,
        units: controls.unitsSchema,
      }),
      async run({ city, days, units }) {
        const ahead = await askUpstream('forecast', city, forecast);
        return structured({
          city,
          units,
          days: ahead.days.slice(0, days).map((day) => ({
            date: day.date,
            min: inUnits(day.minC, units),
            max: inUnits(day.maxC, units),
            condition: present(day.condition),
          })),
        });
      },
    }),
    defineTool({
      name: 'search_stations',
      title: 'Search stations',
      description: 'Weather stations whose name contains a text.',
      scope: 'weather:read',
      input: z.object({
        query: z.string().max(LONGEST_ARGUMENT),
        sort_by: z.string().max(LONGEST_ARGUMENT).default('name'),
        limit: z.union([z.number(), z.string().max(LONGEST_ARGUMENT)]).default(20),
      }),
      async run({ query, sort_by, limit }) {
        const stations = await controls.searchStations({ query, sort_by, limit }, world.database);
        return structured({ stations });
      },
    }),
    defineTool({
      name: 'read_report',
      title: 'Read a report',
      description: 'A monthly weather report by file name.',
      scope: 'weather:read',
      input: z.object({ name: z.string().max(LONGEST_ARGUMENT) }),
      async run({ name }) {
        const path = await controls.resolveReportPath(name, REPORT_FOLDER, world.files);
        return structured({ report: present(await world.files.readFile(path), LONGEST_REPORT) });
      },
    }),
    defineTool({
      name: 'ping_station',
      title: 'Ping a station',
      description: 'Whether a station answers. Expensive: it has a limit of its own.',
      scope: 'weather:read',
      input: z.object({ host: z.string().max(LONGEST_ARGUMENT) }),
      async run({ host }) {
        const { stdout, stderr, exitCode } = await controls.pingHost(host, world.shell);
        return { ...text(stdout || stderr), isError: exitCode !== 0 };
      },
    }),
    defineTool({
      name: 'save_alert',
      title: 'Save an alert',
      description: 'Remembers an alert for a city.',
      scope: 'weather:write',
      input: z.object({ city: controls.citySchema, text: z.string().max(LONGEST_ALERT) }),
      async run({ city, text: message }, actor) {
        const rows = await world.database.query(
          'INSERT INTO alerts (owner, city, text, created_at) VALUES ($1, $2, $3, $4) RETURNING id',
          [ownerOf(actor), city, message, new Date().toISOString()],
        );
        return structured({ id: rows[0]?.id ?? null });
      },
    }),
    ...confirmedTools(controls, world),
    ...exportTools(controls, world),
    ...sensorTools(controls, world),
    defineTool({
      name: 'import_feed',
      title: 'Import a feed',
      description: 'Keeps the observations of a feed: JSON, at an https address.',
      scope: 'weather:write',
      input: z.object({ url: z.string().max(LONGEST_ARGUMENT) }),
      async run({ url }, actor) {
        const { parseFeedUrl, chooseAddress, fetchFeed } = controls;
        const means = { web: world.web, parseFeedUrl, chooseAddress };
        const observations = readFeed(await fetchFeed(url, means));
        for (const { place, at, temperatureC, note } of observations) {
          await world.database.query('INSERT INTO observations VALUES ($1, $2, $3, $4, $5)', [
            ownerOf(actor),
            place,
            at,
            temperatureC,
            note,
          ]);
        }
        return structured({ imported: observations.length });
      },
    }),
    ...(thirdParty ? [diaryTool(thirdParty, present)] : []),
    defineTool({
      name: 'list_all_alerts',
      title: 'List all alerts',
      description: 'The alerts of all users of your company or issuer, for administrators.',
      scope: 'weather:admin',
      input: z.object({}),
      async run(_input, actor) {
        // An administrator of one company is nobody at another (17).
        const alerts = await world.database.query(
          `SELECT id, owner, city, text FROM alerts
           WHERE $1 = '' OR json_extract(owner, '$[0]') = $1 ORDER BY id DESC LIMIT 200`,
          [actor?.issuer ?? ''],
        );
        return structured({
          alerts: alerts.map((row) => ({
            id: row.id,
            // Somebody else's words, in an administrator's model.
            owner: present(ownerIn(row).subject),
            city: present(String(row.city)),
            text: present(String(row.text), LONGEST_ALERT),
          })),
        });
      },
    }),
  ];
}

/** There only where the server has a third party to ask. */
const diaryTool = (
  thirdParty: ThirdPartyConnection,
  present: (outside: string, maxCharacters?: number) => PresentedText,
): Tool =>
  defineTool({
    name: 'get_diary',
    title: 'Your weather diary',
    description: 'What you wrote into your diary at Skydiary.',
    scope: 'weather:read',
    input: z.object({}),
    async run(_input, _actor, _answer, call) {
      if (!call) throw new Error('a call is needed to ask for its user');
      const entries = await thirdParty.readDiary(call);
      return structured({
        entries: entries.map((entry) => ({ ...entry, text: present(entry.text, LONGEST_ALERT) })),
      });
    },
  });

const inUnits = (celsius: number, units: Units): number =>
  units === 'imperial' ? Math.round(celsius * 1.8 + 32) : celsius;
