/** Attacks through the search for stations: SQL, and what is a language of its own inside a value. */
import { z } from 'zod';
import {
  defineAttack,
  type Attack,
  type Findings,
  type LegitimateUse,
} from '../../../lab/attack.ts';
import { StepFailed, type LabSession, type LabReply } from '../../../lab/protocol.ts';
import { cwe, link, mcp } from '../references.ts';
import { describeReply, succeeded } from '../replies.ts';
import { callAsUser, complainAboutAnswer, excerpt, tryEach } from './try-inputs.ts';

const tools = mcp('server/tools', 'security-considerations', 'Tools, Security Considerations');
const MOST_ROWS = 100;

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
    .max(16),
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

const searchFor = (lab: LabSession, search: Search): Promise<LabReply> =>
  callAsUser(lab, 'search_stations', { ...search });

/** Spelled alike: case, accents and outer blanks may well be ignored by a search. */
const fold = (text: unknown): string =>
  String(text).normalize('NFKD').replaceAll(/\p{M}/gu, '').trim().toLowerCase();

const notContaining = (query: string, stations: Station[]): Station | undefined =>
  stations.find(({ name }) => !fold(name).includes(fold(query)));

/** A canary in the answer, too many rows, or rows that nobody searched for. */
async function judgeRows(lab: LabSession, search: Search, reply: LabReply): Promise<Findings> {
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

/**
 * A statement that SQLite could not read was made of what was sent, whatever it looks like: a text
 * that is bound never breaks one.
 */
async function judgeStatements(
  lab: LabSession,
  search: Search,
  reply: LabReply,
): Promise<Findings> {
  const broken = (await lab.tape()).find(
    (entry) =>
      entry.kind === 'sql' && entry.requestId === reply.requestId && entry.error !== undefined,
  );
  if (!broken) return judgeRows(lab, search, reply);
  const sent = search.sort_by ?? search.query;
  return {
    breaches: [`“${excerpt(sent)}” became part of a statement, and broke it.`],
    complaints: [],
  };
}

/** Ends whatever a text may stand in: one to four brackets, one to three quotes, of either kind. */
const BREAKING = ["'", '"'].map((quote): Search[] => [
  { query: `x${quote}y${quote}z` },
  ...[1, 2, 3].map((times) => ({ query: quote.repeat(times) })),
  ...[1, 2, 3, 4].map((times) => ({ query: `x${quote}${')'.repeat(times)}` })),
  ...[1, 2, 3].map((times) => ({ query: `x${quote}y${quote}${')'.repeat(times)} --` })),
]);

const searchWorks = async (lab: LabSession): Promise<string[]> => {
  const reply = await searchFor(lab, { query: 'Paris' });
  return stationsIn(reply).length > 0
    ? []
    : [`a search for “Paris” found nothing: ${describeReply(reply)}`];
};

/** What changed in the world, as far as the server itself shows it. */
async function lookAround(lab: LabSession): Promise<string> {
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
async function changeTheWorld({ searches }: Searches, lab: LabSession): Promise<Findings> {
  const before = await lookAround(lab);
  const findings = await tryEach(searches, async (search) => {
    const { issuer } = lab.config; // whose administrators would see what was added
    const reply = await searchFor(lab, fill(search, { nonce: lab.nonce, issuer }));
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
async function askByOrder(lab: LabSession, search: Search): Promise<Findings> {
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

export const sqlAttacks: Attack[] = [
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
      'quotes and brackets': { searches: BREAKING[0] ?? [] },
      'quotes of the other kind': {
        searches: [...(BREAKING[1] ?? []), { query: "x\\'y" }, { query: "'x\\" }],
      },
    },
    fire: ({ searches }, lab) =>
      tryEach(searches, async (search) =>
        judgeStatements(lab, search, await searchFor(lab, search)),
      ),
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
            query: `x'; INSERT INTO alerts (owner, city, text, created_at) VALUES ('["{{issuer}}","nobody"]', 'Paris', 'owned-{{nonce}}', ''); --`,
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
      'names that every object knows': {
        searches: ['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'].map(
          (sort_by) => ({ query: 'Observatory', sort_by }),
        ),
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
          : judgeStatements(lab, search, await searchFor(lab, search)),
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

export const sqlUses: LegitimateUse[] = [
  {
    id: 'search-takes-names-literally',
    title: 'Finds Xi’an, L’Aquila, 100%, Under_score and Back\\slash',
    why: 'Apostrophes, percent signs, underscores and a backslash are part of names. A search that removes them, or reads them, finds something else.',
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
        ['Back\\slash', 'Back\\slash Point'],
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
];
