/** Attacks on answers that reach others than those they were made for, and the ordinary use of them. */
import type { LegitimateUse, TopicCatalogue } from '../../../lab/attack.ts';
import type { LabReply } from '../../../lab/protocol.ts';
import { SharedCache } from '../../../lab/shared-cache.ts';
import { describeReply, succeeded } from '../replies.ts';
import { askThrough, kept } from './kept.ts';
import {
  addSensor,
  ALICE,
  cacheOfSecrets,
  caching,
  callAs,
  contentOf,
  fill,
  listings,
  otherKey,
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

const wordsOf = (value: unknown): string =>
  typeof value === 'string' ? value : String((value as { text?: unknown } | undefined)?.text);

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
      const tenant = fill(lab, ALICE.tenant);
      const without = await addSensor(lab, ALICE, { name: 'mast' });
      const named = await addSensor(lab, ALICE, { name: 'pier', tenant });
      const both = [
        await callAs(lab, ALICE, 'list_sensors', { tenant }),
        await callAs(lab, ALICE, 'list_sensors'),
      ];
      const read = [
        await callAs(lab, ALICE, 'get_sensor', { id: without, tenant }),
        await callAs(lab, ALICE, 'get_sensor', { id: named }),
      ];
      return [
        ...both.flatMap((reply) =>
          namesIn(reply).join() === 'mast,pier'
            ? []
            : [`A list lacks a sensor, or has too many: ${describeReply(reply)}`],
        ),
        ...read.flatMap((reply) =>
          succeeded(reply) ? [] : [`A sensor cannot be read: ${describeReply(reply)}`],
        ),
      ];
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
      ];
      for (const sensor of added) await addSensor(lab, ALICE, sensor);
      const questions: [Record<string, string>, string][] = [
        [{}, 'north,north,south,a:b'],
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
      ];
      const problems: string[] = [];
      for (const [question, expected] of questions) {
        const reply = await callAs(lab, ALICE, 'list_sensors', question);
        const found = namesIn(reply).join();
        if (succeeded(reply) && found === expected) continue;
        const asked = JSON.stringify(question);
        problems.push(`Asked for ${asked}, the list is ${found || describeReply(reply)}.`);
      }
      return problems;
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
      const given = { name: 'mast', description: DESCRIPTION, temperatureC: 7.5 };
      const id = await addSensor(lab, ALICE, given);
      const listed = contentOf(await callAs(lab, ALICE, 'list_sensors')) as { sensors?: unknown[] };
      const read = contentOf(await callAs(lab, ALICE, 'get_sensor', { id }));
      return [
        ...whatIsMissing('list_sensors', listed.sensors?.[0], id),
        ...whatIsMissing('get_sensor', read.sensor, id),
      ];
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
      const problems: string[] = [];
      const cache = new SharedCache(() => lab.now());
      const first = await askThrough(cache, lab, 'server/discover', await lab.mint());
      await lab.advance(MINUTE_MS - 1000);
      const second = await askThrough(cache, lab, 'server/discover', await lab.mint());
      if (!second.isKept) {
        problems.push('A cache may not keep server/discover for a minute, for anybody.');
      }
      const list = await lab.ask(
        'tools/list',
        {},
        { token: await lab.mint(), revision: '2026-07-28' },
      );
      const { result } = (list.json ?? {}) as { result?: unknown };
      problems.push(...whatIsWrong('server/discover', first.result));
      problems.push(...whatIsWrong('tools/list', result));
      return problems;
    },
  },
];

function whatIsMissing(tool: string, sensor: unknown, id: number): string[] {
  const { gateway, readings, ...shownOf } = (sensor ?? {}) as Record<string, unknown>;
  const { host, port } = (gateway ?? {}) as Record<string, unknown>;
  const [reading] = (Array.isArray(readings) ? readings : []) as Record<string, unknown>[];
  const holds = {
    id: shownOf.id === id,
    name: wordsOf(shownOf.name) === 'mast',
    city: wordsOf(shownOf.city) === 'Paris',
    description: wordsOf(shownOf.description) === DESCRIPTION,
    'gateway.host': typeof host === 'string' && host.endsWith('.sensors.example'),
    'gateway.port': port === 8883,
    'readings.at': typeof reading?.at === 'string' && !Number.isNaN(Date.parse(reading.at)),
    'readings.temperatureC': reading?.temperatureC === 7.5,
  };
  return Object.entries(holds).flatMap(([member, isThere]) =>
    isThere ? [] : [`${tool} does not show ${member} as it is.`],
  );
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
