/** Attacks on answers that reach others than those they were made for, and the ordinary use of them. */
import type { LegitimateUse, TopicCatalogue } from '../../../lab/attack.ts';
import type { Actor } from '../../../exercises/weather-server/controls.ts';
import type { LabReply, LabSession, TenantKeyAsk } from '../../../lab/protocol.ts';
import { SharedCache } from '../../../lab/shared-cache.ts';
import { describeReply, succeeded } from '../replies.ts';
import {
  askedByAcme,
  compareQuestions,
  tellName,
  thousandsOfQuestions,
  type Asked,
} from './keys.ts';
import { askThrough, kept } from './kept.ts';
import { ALIKE, pairsAround } from './names.ts';
import {
  addSensor,
  ADMINISTRATOR,
  ALICE,
  cacheOfSecrets,
  caching,
  callAs,
  contentOf,
  fill,
  listings,
  otherKey,
  otherSphere,
  propertyLevel,
  type Person,
} from './people.ts';
import { sensors } from './sensors.ts';
import { shown } from './shown.ts';
import { tenants } from './tenants.ts';

const MINUTE_MS = 60_000;
const COLLEAGUE: Person = { ...ALICE, name: 'dave' };
const READER: Person = { ...COLLEAGUE, scope: 'weather:read' };

/** Names of the sensors in a list, whether or not they are marked as somebody else’s words. */
function namesIn(reply: LabReply): string[] {
  const { sensors: listed } = contentOf(reply) as { sensors?: { name?: unknown }[] };
  return (listed ?? []).map(({ name }) => wordsOf(name));
}

/** Of one company, in its own spelling: questions that are all different. */
const DIFFERENT: Asked[][] = [
  ...Object.values(ALIKE).flatMap((words) => [
    words.map((text) => askedByAcme({ text })),
    words.map((city) => askedByAcme({ city, text: 'roof' })),
  ]),
  ...['|', ':', '/', ',', '&', '=', ' ', '-', '\n', '"'].map((separator) =>
    pairsAround(separator).map(([city, text]) =>
      askedByAcme({ city: `Paris${city}`, text: `${text}roof` }),
    ),
  ),
  [
    {},
    { id: '1' },
    { id: '2' },
    { number: '1' },
    { text: '1' },
    { city: '1' },
    { id: '1', number: '2' },
    { id: '2', number: '1' },
    { id: 'number', 1: '2' },
    { 'id=1&number': '2' },
    { 'id:1,number': '2' },
    { 'id","1","number': '2' },
  ].map((question: Record<string, string>) => askedByAcme(question)),
  ['list_sensors', 'get_sensor', 'list_Sensors', 'list'].flatMap((tool) => [
    askedByAcme({}, tool),
    askedByAcme({ city: 'Paris' }, tool),
  ]),
];
/** Thousands that differ at the end of something long, which is as long as it may be. */
const THOUSANDS: Asked[][] = [
  thousandsOfQuestions('text', '{{number}}'),
  thousandsOfQuestions('text', `${'x'.repeat(168)}{{number}}`),
  thousandsOfQuestions('city', `${'x'.repeat(168)}{{number}}`),
];

async function questionsThatMeet(lab: LabSession): Promise<string[]> {
  for (const asks of DIFFERENT) {
    const { breaches, complaints } = await compareQuestions(lab, asks);
    if (breaches.length + complaints.length > 0) return [...breaches, ...complaints];
  }
  for (const asks of THOUSANDS) {
    const { breaches, complaints } = await compareQuestions(lab, asks, { areMany: true });
    if (breaches.length + complaints.length > 0) return [...breaches, ...complaints];
  }
  return [];
}

const wordsOf = (value: unknown): string =>
  typeof value === 'string' ? value : String((value as { text?: unknown } | undefined)?.text);

/** As long as a name may be, but for what is behind it. */
const LONG = 'x'.repeat(199);

/** Names that a client repeats as they are. */
const OWN_NAMES = [
  ALICE.tenant,
  'globex-{{nonce}} ',
  ' initech-{{nonce}}',
  'HOOLI-{{nonce}}',
  'a/b:c|d-{{nonce}}',
  'null',
];

const isSame = (one: object, other: object): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The same sensors with the name of the tenant, and without it. */
async function nameOnesOwn(lab: LabSession, who: Person): Promise<string[]> {
  const tenant = fill(lab, who.tenant);
  const without = await addSensor(lab, who, { name: `mast ${tenant}` });
  const named = await addSensor(lab, who, { name: `pier ${tenant}`, tenant });
  const both = [
    await callAs(lab, who, 'list_sensors', { tenant }),
    await callAs(lab, who, 'list_sensors'),
  ];
  const read = [
    await callAs(lab, who, 'get_sensor', { id: without, tenant }),
    await callAs(lab, who, 'get_sensor', { id: named }),
  ];
  return [
    ...both.flatMap((reply) =>
      [`mast ${tenant}`, `pier ${tenant}`].every((name) => namesIn(reply).includes(name))
        ? []
        : [`A list lacks a sensor: ${describeReply(reply)}`],
    ),
    ...read.flatMap((reply) =>
      succeeded(reply) ? [] : [`A sensor cannot be read: ${describeReply(reply)}`],
    ),
  ];
}

/** Words that look like keys, and are none. */
const DESCRIPTION = 'Type AKIA-7 sk_live series, serial 4f1c9a7e2b3d4c5e6f708192, token ring';

const uses: LegitimateUse[] = [
  {
    id: 'colleagues-share-sensors',
    title: 'Sensors are the company’s',
    why: 'Whoever added one may be on holiday. Colleagues read and retire it, with tokens and clients of their own.',
    lessonAnchor: 'reading-and-writing',
    references: [otherKey],
    worksOnBaseline: true,
    async try(lab) {
      const id = await addSensor(lab, ALICE, { name: 'mast' });
      const listed = await callAs(lab, READER, 'list_sensors');
      const read = await callAs(lab, READER, 'get_sensor', { id });
      const retired = await callAs(lab, COLLEAGUE, 'retire_sensor', { id });
      const gone = await callAs(lab, ALICE, 'get_sensor', { id });
      return [
        ...(namesIn(listed).includes('mast')
          ? []
          : [`The list lacks it: ${describeReply(listed)}`]),
        ...(succeeded(read) ? [] : [`A colleague cannot read it: ${describeReply(read)}`]),
        ...(succeeded(retired) ? [] : [`A colleague cannot retire it: ${describeReply(retired)}`]),
        ...(succeeded(gone) ? ['It is still there after it was retired.'] : []),
      ];
    },
  },
  {
    id: 'own-tenant-may-be-named',
    title: 'One’s own tenant may be named',
    why: 'Clients of people who work for several companies send the name along. It is the same company’s sensors with and without it.',
    lessonAnchor: 'what-the-caller-says',
    references: [otherKey],
    worksOnBaseline: false,
    async try(lab) {
      for (const name of OWN_NAMES) {
        const problems = await nameOnesOwn(lab, { ...ALICE, tenant: name });
        if (problems.length > 0) return problems;
      }
      const { issuer } = lab.config;
      const names = Object.values(ALIKE).flat();
      const keys = await lab.keysOfTenants(
        names.flatMap((id): TenantKeyAsk[] => [
          { tenant: { issuer, id } },
          { tenant: { issuer, id }, asked: id },
        ]),
      );
      const refused = names.find((_, index) => {
        const [without, named] = keys.slice(2 * index, 2 * index + 2);
        return !without || !named || 'refused' in named || !isSame(without, named);
      });
      return refused === undefined
        ? []
        : [`The tenant ${tellName(refused)} is not itself if it is named.`];
    },
  },
  {
    id: 'answers-fit-questions',
    title: 'Every question has its own answer',
    why: 'A kept answer to another question is wrong, if nothing worse: the north’s sensors for the south’s.',
    lessonAnchor: 'answers-that-the-server-keeps',
    references: [cacheOfSecrets],
    worksOnBaseline: false,
    async try(lab) {
      const added = [
        { city: 'Paris', name: 'north' },
        { city: 'Lyon', name: 'north' },
        { city: 'Lyon', name: 'south' },
        { city: 'Lyon', name: 'a:b' },
        { city: 'Nantes', name: 'Aa' },
        { city: 'Nantes', name: 'BB' },
        { city: 'Nantes', name: `${LONG}1` },
        { city: 'Nantes', name: `${LONG}2` },
      ];
      for (const sensor of added) await addSensor(lab, ALICE, sensor);
      const questions: [Record<string, string>, string][] = [
        [{}, `north,north,south,a:b,Aa,BB,${LONG}1,${LONG}2`],
        [{ city: 'Paris' }, 'north'],
        [{ city: 'Lyon' }, 'north,south,a:b'],
        [{ city: 'Lyon', text: 'south' }, 'south'],
        [{ text: 'south' }, 'south'],
        [{ text: 'north' }, 'north,north'],
        [{ text: 'Paris' }, ''],
        [{ city: 'north' }, ''],
        [{ city: 'Lyon', text: 'a:b' }, 'a:b'],
        [{ city: 'Lyon:a', text: 'b' }, ''],
        [{ text: 'NORTH' }, ''],
        [{ city: 'undefined' }, ''],
        [{ city: 'Paris ' }, ''],
        [{ city: 'paris' }, ''],
        [{ text: 'Aa' }, 'Aa'],
        [{ text: 'BB' }, 'BB'],
        [{ text: `${LONG}1` }, `${LONG}1`],
        [{ text: `${LONG}2` }, `${LONG}2`],
      ];
      const problems: string[] = [];
      for (const [question, expected] of questions) {
        const reply = await callAs(lab, ALICE, 'list_sensors', question);
        const found = namesIn(reply).join();
        if (succeeded(reply) && found === expected) continue;
        const asked = JSON.stringify(question);
        problems.push(`Asked for ${asked}, the list is ${found || describeReply(reply)}.`);
      }
      return problems.length > 0 ? problems : questionsThatMeet(lab);
    },
  },
  {
    id: 'answers-are-kept',
    title: 'Asked once, for the whole company',
    why: 'Twenty screens of one company ask the same every second. With a key that is another one each time, nothing is ever kept.',
    lessonAnchor: 'answers-that-the-server-keeps',
    references: [cacheOfSecrets],
    worksOnBaseline: true,
    async try(lab) {
      await addSensor(lab, ALICE);
      const replies = [
        await callAs(lab, ALICE, 'list_sensors', { city: 'Paris' }),
        await callAs(lab, COLLEAGUE, 'list_sensors', { city: 'Paris' }),
        await callAs(lab, READER, 'list_sensors', { city: 'Paris' }),
      ];
      const read = await listings(lab, replies);
      return read === 1
        ? []
        : [
            `For three questions of one company within a second the database was asked ${read} times.`,
          ];
    },
  },
  {
    id: 'what-a-sensor-shows',
    title: 'What is to be shown is shown',
    why: 'An answer without the host, or with a description in which half of the words are blotted out, is of no use to anybody.',
    lessonAnchor: 'what-an-answer-shows',
    references: [propertyLevel],
    worksOnBaseline: true,
    async try(lab) {
      const made: Shown[] = [];
      for (const given of GIVEN) made.push({ ...given, id: await addSensor(lab, ALICE, given) });
      await lab.migrate({ place: 'later readings', readings: LATER });
      const listed = contentOf(await callAs(lab, ALICE, 'list_sensors')) as { sensors?: unknown[] };
      const problems: string[] = [];
      for (const [index, sensor] of made.entries()) {
        const read = contentOf(await callAs(lab, ALICE, 'get_sensor', { id: sensor.id }));
        problems.push(
          ...whatIsMissing('list_sensors', listed.sensors?.[index], sensor),
          ...whatIsMissing('get_sensor', read.sensor, sensor),
        );
      }
      await lab.migrate({ place: 'gateway', name: 'host', value: '' });
      await lab.migrate({ place: 'gateway', name: 'port', value: 0 });
      for (const { id } of made.slice(0, 1)) {
        const read = contentOf(await callAs(lab, ALICE, 'get_sensor', { id }));
        const { gateway } = (read.sensor ?? {}) as { gateway?: { host?: unknown; port?: unknown } };
        if (gateway?.host !== '' || gateway.port !== 0) {
          problems.push(
            'get_sensor does not show a gateway as it is whose host is empty and whose port is 0.',
          );
        }
      }
      return [...new Set(problems)];
    },
  },
  {
    id: 'discovery-is-kept',
    title: 'What is the same for everybody is asked once',
    why: 'Every client asks what the server can do, and gets the same answer. A cache that may keep it takes that off the server; the list of tools goes with hints that say so of it, too.',
    lessonAnchor: 'caches-on-the-way',
    references: [caching],
    worksOnBaseline: true,
    async try(lab) {
      const list = await lab.ask(
        'tools/list',
        {},
        { token: await lab.mint(), revision: '2026-07-28' },
      );
      const { result } = (list.json ?? {}) as { result?: unknown };
      const wrongOfList = whatIsWrong('tools/list', result);
      if (wrongOfList.length > 0) return wrongOfList;
      const cache = new SharedCache(() => lab.now());
      const first = await askThrough(cache, lab, 'server/discover', await lab.mint());
      // What is not valid no cache keeps, and that is no second mistake.
      const wrongOfDiscovery = whatIsWrong('server/discover', first.result);
      if (wrongOfDiscovery.length > 0) return wrongOfDiscovery;
      await lab.advance(MINUTE_MS - 1000);
      const second = await askThrough(cache, lab, 'server/discover', await lab.mint());
      return second.isKept
        ? hintsAtAllTimes(lab)
        : ['A cache may not keep server/discover for a minute, for anybody.'];
    },
  },
  {
    id: 'a-tenant-keeps-its-key',
    title: 'Today’s key is tomorrow’s',
    why: 'What is kept under a key is found again as long as the key is the same: after the server was started anew, and in each of its processes.',
    lessonAnchor: 'a-name-and-who-gave-it',
    references: [otherSphere],
    worksOnBaseline: true,
    instances: 2,
    async try(lab) {
      const { issuer } = lab.config;
      const tenants = ['acme', 'globex', 'initech', 'caf\u00e9', 'a b', '1', 'x'.repeat(300)].map(
        (id) => ({ issuer, id }),
      );
      const asks = tenants.map((tenant): TenantKeyAsk => ({ tenant }));
      const first = await lab.keysOfTenants(asks);
      const others = Array.from({ length: 3000 }, (_, index) => ({
        tenant: { issuer, id: `other ${index}` },
      }));
      const again: [string, TenantKeyAsk[]][] = [
        ['when it is asked for again', asks],
        ['in another order', asks.toReversed()],
        ...MOMENTS.map((at): [string, TenantKeyAsk[]] => [
          'on another day',
          asks.map((ask) => ({ ...ask, at })),
        ]),
        ['after three thousand others have come', [...others, ...asks]],
      ];
      for (const instance of lab.instances.toReversed()) {
        const where = instance === lab ? '' : ', in another process of the server';
        for (const [when, asked] of again) {
          const keys = await instance.keysOfTenants(asked);
          const changed = tenants.find((tenant, index) => {
            const at = asked.findIndex((ask) => ask.tenant === tenant);
            return !isSame(first[index] ?? {}, keys[at] ?? {});
          });
          if (changed) return [`A tenant has another key ${when}${where}.`];
        }
      }
      return [];
    },
  },
];

/** As they were given, and as they are to be shown: empty, long, and with blanks around them as well. */
const GIVEN = [
  { name: 'mast', description: DESCRIPTION, temperatureC: 7.5 },
  { name: 'mast', description: '', temperatureC: 0 },
  { name: ' two  words ', description: '  \n two lines,\n\n\tand blanks  ', temperatureC: 21.375 },
  { name: '<b>MAST</b> & “pier”', description: 'Ab '.repeat(333), temperatureC: -273.149_999 },
  { name: '', description: '0', temperatureC: 1e-7 },
];

/** More than a screen shows, in no order, with two at one time. */
const LATER = [0, -40.25, 21.37, 0, 1e21, -0.05, 15, 15, 3, 2, 1, 0.1, -1].map(
  (temperatureC, index) => ({
    at: `2026-0${9 - (index % 5)}-01T00:00:0${index % 7}.000Z`,
    temperatureC,
  }),
);

interface Shown {
  id: number;
  name: string;
  description: string;
  temperatureC: number;
}

function whatIsMissing(tool: string, sensor: unknown, given: Shown): string[] {
  const { gateway, readings, ...shownOf } = (sensor ?? {}) as Record<string, unknown>;
  const { host, port } = (gateway ?? {}) as Record<string, unknown>;
  const [reading, ...later] = (Array.isArray(readings) ? readings : []) as Record<
    string,
    unknown
  >[];
  const holds = {
    id: shownOf.id === given.id,
    name: wordsOf(shownOf.name) === given.name,
    city: wordsOf(shownOf.city) === 'Paris',
    description: wordsOf(shownOf.description) === given.description,
    'gateway.host': typeof host === 'string' && host.endsWith('.sensors.example'),
    'gateway.port': port === 8883,
    'readings.at': typeof reading?.at === 'string' && !Number.isNaN(Date.parse(reading.at)),
    'readings.temperatureC': reading?.temperatureC === given.temperatureC,
    'each of readings': isSame(
      later.map(({ at, temperatureC }) => ({ at, temperatureC })),
      LATER,
    ),
  };
  return Object.entries(holds).flatMap(([member, isThere]) =>
    isThere ? [] : [`${tool} does not show ${member} as it is.`],
  );
}

/** The last moments of a minute, an hour, a day, a week, a month and a year, and others; fixed ones. */
const MOMENTS = [
  '2031-03-05T10:20:59.999Z',
  '2031-03-05T10:29:59.999Z',
  '2031-03-05T10:59:59.999Z',
  '2031-03-05T10:59:30.000Z',
  '2031-03-05T11:00:00.000Z',
  '2031-03-05T11:59:59.999Z',
  '2031-03-05T23:59:59.999Z',
  '2031-03-09T23:59:59.999Z',
  '2031-03-31T21:59:59.999Z',
  '2031-03-31T23:59:59.999Z',
  '2031-12-31T23:59:59.999Z',
  '2032-02-29T03:17:42.500Z',
].map((moment) => Date.parse(moment));

/** Of `server/discover`, whoever asks and whenever they do. */
async function hintsAtAllTimes(lab: LabSession): Promise<string[]> {
  const { issuer } = lab.config;
  const actors: (Actor | undefined)[] = [
    undefined,
    { issuer, subject: 'alice', clientId: 'workbook', scopes: [] },
    {
      issuer,
      subject: 'alice',
      clientId: 'workbook',
      scopes: ADMINISTRATOR.split(' '),
      tenant: { issuer, id: 'acme' },
    },
  ];
  const asks = MOMENTS.flatMap((at) =>
    actors.map((actor) => ({
      at,
      answer: { method: 'server/discover' as const, actor, hidden: 0 },
    })),
  );
  for (const [index, answer] of (await lab.cacheHints(asks)).entries()) {
    const hints = 'refused' in answer ? undefined : answer.value;
    const at = new Date(asks[index]?.at ?? 0).toISOString();
    const wrong = whatIsWrong('server/discover', hints);
    if (wrong.length > 0) return wrong;
    if (hints?.cacheScope !== 'public')
      return [`At ${at} server/discover is private for somebody.`];
    if (hints.ttlMs < MINUTE_MS) {
      return [`At ${at} server/discover may be kept for ${hints.ttlMs} ms, which is no minute.`];
    }
  }
  return [];
}

function whatIsWrong(method: string, result: unknown): string[] {
  const { ttlMs, cacheScope } = (result ?? {}) as { ttlMs?: unknown; cacheScope?: unknown };
  return [
    ...(Number.isSafeInteger(ttlMs) && Number(ttlMs) >= 0
      ? []
      : [`The ttlMs of ${method} is ${String(ttlMs)}, and no whole number of milliseconds.`]),
    ...(cacheScope === 'public' || cacheScope === 'private'
      ? []
      : [`The cacheScope of ${method} is ${String(cacheScope)}.`]),
  ];
}

export const catalogue: TopicCatalogue = {
  attacks: [...tenants, ...sensors, ...kept, ...shown],
  uses,
};
