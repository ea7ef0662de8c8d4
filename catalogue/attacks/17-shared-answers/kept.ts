/** An answer that was made for one is given to another: by a cache on the way, or by the server’s own. */
import { z } from 'zod';
import { defineAttack, type Attack, type Findings } from '../../../lab/attack.ts';
import { OTHER_ISSUER, type LabSession } from '../../../lab/protocol.ts';
import { SharedCache } from '../../../lab/shared-cache.ts';
import { link } from '../references.ts';
import {
  compareAnswers,
  compareQuestions,
  runInto,
  several,
  type Asked,
  type KeyFindings,
  type Several,
} from './keys.ts';
import { ALIKE, ISSUERS_ALIKE, pairsAround } from './names.ts';
import {
  ADMINISTRATOR,
  addSecretSensor,
  ALICE,
  BOB,
  cacheOfSecrets,
  caching,
  callAs,
  isLetIn,
  listings,
  otherSphere,
  person,
  secretOf,
  sensorsWork,
  type Person,
} from './people.ts';

const scopedList = link(
  'margince#644: a list that depends on scopes, for any cache to keep',
  'https://github.com/margince/margince/issues/644',
);
const nothingFiltered = link(
  'gram#5955: lists from which nothing was filtered went out without a cacheScope',
  'https://github.com/speakeasy-api/gram/pull/5955',
);

/** Asks through a cache, which may find the server away: the result, and whether it was kept. */
export async function askThrough(
  cache: SharedCache,
  lab: LabSession,
  method: string,
  token: string | undefined,
  server: 'there' | 'away' = 'there',
): Promise<{ result: unknown; isKept: boolean }> {
  const request = { method, params: {}, token };
  const kept = server === 'away' ? cache.findStale(request) : cache.find(request);
  if (kept !== undefined || server === 'away') return { result: kept, isKept: kept !== undefined };
  const options = { revision: '2026-07-28', ...(token === undefined ? {} : { token }) } as const;
  const reply = await lab.ask(method, {}, options);
  const { result } = (reply.json ?? {}) as { result?: unknown };
  if (reply.status === 200) cache.pass(request, result);
  return { result, isKept: false };
}

const named = (result: unknown): string[] => {
  const { tools } = (result ?? {}) as { tools?: { name?: unknown }[] };
  return Array.isArray(tools) ? tools.map(({ name }) => String(name)) : [];
};

/** Tools that one has to hold more than `weather:read` for. */
const FOR_WRITERS = [
  'save_alert',
  'delete_alert',
  'add_sensor',
  'retire_sensor',
  'list_all_alerts',
];

interface Listing {
  /** The scopes of whoever lists first; left out: chooseCaching is asked about all kinds of callers. */
  first?: string | undefined;
  /** Those of whoever lists next; undefined: they have no token. */
  next?: string | undefined;
  /** For which company both of them call. Left out: for none. */
  tenant?: string | undefined;
  /** How the gateway finds the server then. Left out: there. */
  server?: 'there' | 'away' | undefined;
}

const question = z.strictObject({ city: z.string().optional(), text: z.string().optional() });
type Question = z.infer<typeof question>;

interface Collision {
  hers: Question;
  herTenant?: string;
  herIssuer?: string;
  tenant: string;
  theirs: Question;
}

/**
 * Two questions, of Alice’s tenant and of another, whose parts are the same text once they are joined
 * by a separator, in one order or another.
 */
const COLLISIONS = {
  'tool, tenant, city, text': (s: string) => ({
    hers: { city: 'Paris', text: `north${s}roof` },
    tenant: `acme-{{nonce}}${s}Paris`,
    theirs: { city: 'north', text: 'roof' },
  }),
  'tenant, tool, city, text': (s: string) => ({
    hers: { city: 'Paris', text: `list_sensors${s}north${s}roof` },
    tenant: `acme-{{nonce}}${s}list_sensors${s}Paris`,
    theirs: { city: 'north', text: 'roof' },
  }),
  'tool, city, text, tenant': (s: string) => ({
    hers: { city: 'Paris', text: 'roof' },
    herTenant: `eu${s}acme-{{nonce}}`,
    tenant: 'acme-{{nonce}}',
    theirs: { city: 'Paris', text: `roof${s}eu` },
  }),
  'issuer, tenant': (s: string) => ({
    hers: {},
    herIssuer: `{{issuer}}${s}eu`,
    tenant: `eu${s}acme-{{nonce}}`,
    theirs: {},
  }),
} satisfies Record<string, (separator: string) => Collision>;
type Order = keyof typeof COLLISIONS;
const ORDERS = Object.keys(COLLISIONS) as [Order, ...Order[]];

/** What is said of the list of tools to all kinds of callers, and to those whom no server has let in. */
async function fireAtHints(lab: LabSession): Promise<Findings> {
  const { issuer } = lab.config;
  const scopes = [
    [],
    ['weather:read'],
    ['weather:write'],
    ['weather:admin'],
    ['weather:read', 'weather:write'],
    ADMINISTRATOR.split(' '),
    ['openid'],
  ];
  const actors = [undefined, { issuer, id: 'acme' }].flatMap((tenant) =>
    ['alice', 'admin', ''].flatMap((subject) =>
      scopes.map((held) => ({
        issuer,
        subject,
        clientId: 'workbook',
        scopes: held,
        ...(tenant ? { tenant } : {}),
      })),
    ),
  );
  const asks = [undefined, ...actors].flatMap((actor) =>
    [0, 1, 2, 20].map((hidden) => ({ answer: { method: 'tools/list' as const, actor, hidden } })),
  );
  const answers = await lab.cacheHints(asks);
  const at = answers.findIndex(
    (answer) => 'refused' in answer || answer.value.cacheScope !== 'private',
  );
  const [answer, ask] = [answers[at], asks[at]];
  if (!answer || !ask) return { breaches: [], complaints: [] };
  const { actor, hidden } = ask.answer;
  const whose = actor
    ? `a caller with ${actor.scopes.join(' ') || 'no scope'}${'tenant' in actor ? ' in a tenant' : ''}`
    : 'a caller without a token';
  const what = `The list of ${whose}, from which ${hidden} tools are hidden,`;
  return 'refused' in answer
    ? { breaches: [], complaints: [`${what} has no hints: ${answer.refused}`] }
    : { breaches: [`${what} is ${answer.value.cacheScope}.`], complaints: [] };
}

/** Alice asks, and somebody else asks after her, within half a minute. */
async function askAfter(
  lab: LabSession,
  alice: Person,
  hers: Question,
  other: Person,
  theirs: Question,
) {
  const nothing = { breaches: [], complaints: [] };
  if (!(await isLetIn(lab, alice)) || !(await isLetIn(lab, other))) return nothing;
  await addSecretSensor(lab, alice, { name: `sensor ${hers.text ?? ''}` });
  await callAs(lab, alice, 'list_sensors', { ...hers });
  const reply = await callAs(lab, other, 'list_sensors', { ...theirs });
  // What the database gave to the wrong tenant is another matter.
  return reply.text.includes(secretOf(lab)) && (await listings(lab, [reply])) === 0
    ? {
        breaches: ['An answer that the server kept for one tenant was given to another.'],
        complaints: [],
      }
    : nothing;
}

interface AnswerOfOthers {
  other: Person;
  question: Question;
}
interface AnswersOfSeveral {
  tenants: Several;
  question: Question;
}

const NAMES_OF_SIGNS: Record<string, string> = {
  '': 'nothing',
  ' ': 'a blank',
};

/** As long as an argument may be. */
const LONG_TEXT = 'x'.repeat(200);
const USUAL: Question = { city: 'Paris', text: 'north' };

/** Who has which part of a key joined in this order: the parts that stand side by side. */
const NEIGHBOURS: Record<Order, ((before: string, behind: string) => Asked)[]> = {
  'tool, tenant, city, text': [
    (id, city) => asked({ id: `acme${id}` }, { city, text: 'roof' }),
    (id, text) => asked({ id: `acme${id}` }, { text }),
  ],
  'tenant, tool, city, text': [
    (id, city) => asked({ id: `acme${id}` }, { city }),
    (issuer, id) => asked({ issuer: `{{issuer}}${issuer}`, id: `${id}acme` }, {}),
  ],
  'tool, city, text, tenant': [
    (text, id) => asked({ id: `${id}acme` }, { city: 'Paris', text: `roof${text}` }),
    (text, issuer) => asked({ issuer: `${issuer}{{issuer}}` }, { text: `roof${text}` }),
  ],
  'issuer, tenant': [(issuer, id) => asked({ issuer: `{{issuer}}${issuer}`, id: `${id}acme` }, {})],
};

const asked = (tenant: Partial<Asked['tenant']>, question: Question): Asked => ({
  tenant: { issuer: '{{issuer}}', id: 'acme', ...tenant },
  arguments: question,
});

/** Different questions: a text that is not there and an empty one need not be two. */
const distinct = (all: Asked[]): Asked[] => [
  ...new Map(
    all.map((one) => [
      JSON.stringify([one.tenant, one.arguments.city ?? '', one.arguments.text ?? '']),
      one,
    ]),
  ).values(),
];

const ofOthers = ({ breaches, complaints }: KeyFindings<unknown>): Findings => ({
  breaches: breaches.map((breach) => `Answers are kept under one key for two. ${breach}`),
  complaints,
});

export const kept: Attack[] = [
  defineAttack<Listing>({
    id: 'cache-replays-list',
    title: 'A list from the gateway’s cache',
    level: 'core',
    story:
      'A company’s gateway keeps what servers let it keep. An administrator lists the tools through it. A colleague asks next, and so does somebody without any token; the server is not asked again, and no log knows of it.',
    secureAnswer:
      'The list depends on the caller’s scopes, so it is `private`, also if nothing was left out of it.',
    lessonAnchor: 'caches-on-the-way',
    references: [caching, scopedList, nothingFiltered, cacheOfSecrets],
    payload: z.strictObject({
      first: z.string().optional(),
      next: z.string().optional(),
      tenant: z.string().optional(),
      server: z.enum(['there', 'away']).optional(),
    }),
    variants: {
      'an administrator’s, to a reader': {
        first: 'weather:read weather:write weather:admin',
        next: 'weather:read',
      },
      'a writer’s, to a reader': { first: 'weather:read weather:write', next: 'weather:read' },
      'within a company': {
        first: 'weather:read weather:write weather:admin',
        next: 'weather:read',
        tenant: 'acme',
      },
      'while the server is away': {
        first: 'weather:read weather:write',
        next: 'weather:read',
        server: 'away',
      },
      'an administrator’s, to nobody': { first: 'weather:admin' },
      'a reader’s, to nobody': { first: 'weather:read' },
      'anybody’s': {},
    },
    async fire({ first, next, tenant, server }, lab) {
      if (first === undefined) return fireAtHints(lab);
      const cache = new SharedCache(() => lab.now());
      const tokenWith = (scope: string): Promise<string> =>
        lab.mint({ claims: { scope, ...(tenant === undefined ? {} : { org_id: tenant }) } });
      const alice = await tokenWith(first);
      const bob = next === undefined ? undefined : await tokenWith(next);
      await askThrough(cache, lab, 'tools/list', alice);
      const { result, isKept } = await askThrough(cache, lab, 'tools/list', bob, server);
      const shown = named(result).filter((tool) => bob === undefined || FOR_WRITERS.includes(tool));
      const who = bob === undefined ? 'somebody without a token' : `a holder of ${next}`;
      return {
        breaches:
          isKept && shown.length > 0
            ? [`The cache showed ${shown.join(', ')} to ${who}, as the server had allowed it to.`]
            : [],
        complaints: [],
      };
    },
  }),

  defineAttack<AnswerOfOthers | AnswersOfSeveral>({
    id: 'kept-answer-of-others',
    title: 'An answer that the server has kept',
    level: 'core',
    story:
      'The server keeps answers for half a minute, so that a wall of screens does not wear out its database. Acme’s screen has just asked; Bob of Globex asks the same.',
    secureAnswer:
      'Whoever asks next gets an answer that was made for their own tenant. For whom it was made, issuer and id, is part of its key.',
    lessonAnchor: 'answers-that-the-server-keeps',
    references: [cacheOfSecrets, otherSphere],
    payload: z.union([
      z.strictObject({ other: person, question }),
      z.strictObject({ tenants: several, question }),
    ]),
    ordinaryUse: sensorsWork,
    variants: {
      'the whole list': { other: BOB, question: {} },
      'of one city': { other: BOB, question: { city: 'Paris' } },
      'her namesake': { other: { ...BOB, name: ALICE.name }, question: {} },
      'a tenant of that name elsewhere': {
        other: { ...ALICE, issuer: OTHER_ISSUER },
        question: {},
      },
      'the name in capitals': { other: { ...BOB, tenant: 'ACME-{{nonce}}' }, question: {} },
      'a blank behind the name': { other: { ...BOB, tenant: 'acme-{{nonce}} ' }, question: {} },
      'a long question': { other: BOB, question: { city: 'Paris', text: 'x'.repeat(190) } },
      'a tenant of that name in another realm': {
        other: { ...ALICE, issuer: '{{issuer}}/realms/eu' },
        question: USUAL,
      },
      ...Object.fromEntries(
        Object.entries(ALIKE).map(([group, names]) => [
          `names ${group}`,
          { tenants: { names }, question: USUAL },
        ]),
      ),
      'issuers that are alike': { tenants: { issuers: ISSUERS_ALIKE }, question: USUAL },
      'thousands of names': { tenants: { manyNames: 'acme-{{number}}' }, question: USUAL },
      'thousands of issuers': {
        tenants: { manyIssuers: '{{issuer}}/realms/{{number}}' },
        question: USUAL,
      },
      'the longest question of thousands': {
        tenants: { manyNames: `acme-${'x'.repeat(300)}-{{number}}` },
        question: { city: LONG_TEXT, text: LONG_TEXT },
      },
    },
    async fire(payload, lab) {
      if ('other' in payload) {
        const { other, question: asks } = payload;
        return askAfter(lab, ALICE, asks, other, asks);
      }
      return ofOthers(await compareAnswers(lab, payload.tenants, payload.question));
    },
  }),

  defineAttack<{ order: Order; separator: string }>({
    id: 'kept-answer-separator',
    title: 'A question that runs into the next word',
    level: 'core',
    story:
      'The key is the parts of the question, with a separator between them. Mallory founds a company whose name holds a separator and the beginning of Acme’s usual question, and asks for the rest.',
    secureAnswer: 'Mallory gets an answer of her own. Different parts never make the same key.',
    lessonAnchor: 'answers-that-the-server-keeps',
    references: [cacheOfSecrets, otherSphere],
    payload: z.strictObject({ order: z.enum(ORDERS), separator: z.string() }),
    ordinaryUse: sensorsWork,
    variants: Object.fromEntries(
      [':', '|', '/', ' ', '', ','].flatMap((separator) =>
        ORDERS.map((order) => [
          `${order}, joined by ${NAMES_OF_SIGNS[separator] ?? separator}`,
          { order, separator },
        ]),
      ),
    ),
    async fire({ order, separator }, lab) {
      const made: Collision = COLLISIONS[order](separator);
      const { herTenant: tenant = ALICE.tenant, herIssuer: issuer } = made;
      const alice = { ...ALICE, tenant, ...(issuer === undefined ? {} : { issuer }) };
      const mallory = { name: 'mallory', tenant: made.tenant };
      const found = await askAfter(lab, alice, made.hers, mallory, made.theirs);
      if (found.breaches.length > 0) return found;
      // Whoever has escaped it may have forgotten something, and not every name can be tried by requests.
      const pairs = pairsAround(separator);
      for (const side of NEIGHBOURS[order]) {
        const asks = distinct(pairs.map((pair) => side(...pair)));
        const keys = await compareQuestions(lab, asks, { isMeeting: runInto });
        if (keys.breaches.length + keys.complaints.length > 0) return ofOthers(keys);
      }
      return { breaches: [], complaints: [] };
    },
  }),
];
