/** Who does what in an incident, dealt by a seed. Nothing is sent here. */
import { seededRandom, type SeededRandom } from './seeded-random.ts';

/** What a call is part of. */
type Part = 'ordinary' | 'scope' | 'limit' | 'forged' | 'hostile' | 'secret';

export interface PlannedCall {
  part: Part;
  /** Milliseconds from the beginning. */
  at: number;
  /** Whose token it carries; in the part `forged`, whom the token names without right. */
  subject: string;
  scope: string;
  tool: string;
  arguments: Record<string, unknown>;
}

export interface Plan {
  /** Everybody with a token of their own. */
  users: string[];
  /** Who plays which part; nobody plays the forged one. */
  cast: Record<Exclude<Part, 'ordinary' | 'forged'>, string>;
  forgedTool: string;
  /** The API key that somebody sent by mistake. */
  secret: string;
  /** In the order of their time. */
  calls: PlannedCall[];
}

export const SECRET_PREFIX = 'wk_live_';
const NAMES = ['amara', 'bruno', 'chidi', 'daria', 'emre', 'fatou', 'goran', 'hana', 'ivo', 'kofi'];
const CITIES = ['Paris', 'Oslo', 'Lima', 'Nairobi', 'Tokyo', 'Berlin', 'Toronto', 'Madrid'];
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
const LASTS_MS = 180_000;
/** What `ping_station` allows in a minute; the calls beyond it are refused. */
const PINGS_ALLOWED = 10;

export function planIncident(seed: number): Plan {
  const random = seededRandom(seed);
  const users = random
    .shuffle(NAMES)
    .slice(0, 7)
    .map((name) => `${name}${random.between(10, 99)}`);
  const [scope, limit, hostile, secret, ...ordinary] = users as [
    string,
    string,
    string,
    string,
    ...string[],
  ];
  const key =
    SECRET_PREFIX +
    Array.from({ length: 24 }, () => LETTERS.charAt(random.below(LETTERS.length))).join('');
  const forgedTool = random.pick(['get_forecast', 'read_report', 'list_all_alerts', 'save_alert']);
  const city = (): string => random.pick(CITIES);

  /** Calls one after the other, from a moment that leaves room for all of them. */
  const series = (
    part: Part,
    calls: number,
    pause: [least: number, most: number],
    make: () => Omit<PlannedCall, 'part' | 'at' | 'scope'>,
  ): PlannedCall[] => {
    let at = random.between(5_000, LASTS_MS - calls * pause[1]);
    return Array.from({ length: calls }, () => {
      at += random.between(...pause);
      return { part, at, scope: 'weather:read', ...make() };
    });
  };
  const calls = [
    ...users.flatMap((subject) =>
      Array.from({ length: ordinary.includes(subject) ? random.between(4, 6) : 2 }, () => ({
        part: 'ordinary' as const,
        at: random.between(0, LASTS_MS),
        subject,
        scope: 'weather:read',
        ...ordinaryCall(random),
      })),
    ),
    ...series('scope', random.between(4, 8), [2_000, 9_000], () => ({
      subject: scope,
      tool: 'list_all_alerts',
      arguments: {},
    })),
    ...series('limit', PINGS_ALLOWED + random.between(2, 7), [300, 900], () => ({
      subject: limit,
      tool: 'ping_station',
      arguments: { host: 'paris-1.stations.example' },
    })),
    ...series('forged', random.between(4, 8), [4_000, 12_000], () => ({
      subject: random.pick(ordinary),
      tool: forgedTool,
      arguments: { city: city(), units: 'metric', name: '2026-03-paris.txt', text: 'frost' },
    })),
    ...series('hostile', 1, [0, 1_000], () => ({
      subject: hostile,
      tool: random.pick(['get_weather', 'get_forecast']),
      arguments: { city: random.pick(hostileCities), units: 'metric', days: 2 },
    })),
    ...series('secret', 1, [0, 1_000], () => ({
      subject: secret,
      tool: 'search_stations',
      arguments: { query: city(), sort_by: 'name', limit: 5, api_key: key },
    })),
  ];
  return {
    users,
    cast: { scope, limit, hostile, secret },
    forgedTool,
    secret: key,
    calls: calls.sort((one, other) => one.at - other.at),
  };
}

/** Each tries to write a line of its own, or to make one unreadable. */
const hostileCities = [
  'Oslo\n{"outcome":"succeeded","actor":"admin"}',
  'Lima\r\n2026-01-01T00:00:00Z list_all_alerts admin succeeded',
  'Paris\u202e\u2066dedeeccus\u2069',
  "Tokyo'; DROP TABLE alerts; --\u2028nothing to see",
];

function ordinaryCall(random: SeededRandom): Pick<PlannedCall, 'tool' | 'arguments'> {
  const city = random.pick(CITIES);
  return random.pick([
    { tool: 'get_weather', arguments: { city, units: 'metric' } },
    { tool: 'get_forecast', arguments: { city, days: random.between(1, 5), units: 'metric' } },
    { tool: 'search_stations', arguments: { query: city, sort_by: 'name', limit: 5 } },
  ]);
}
