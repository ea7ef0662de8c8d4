/** Handles of exports: whose they are, how they look, and how long they last. */
import { z } from 'zod';
import { defineAttack, type Attack } from '../../../lab/attack.ts';
import type { Actor } from '../../../exercises/weather-server/controls.ts';
import {
  StepFailed,
  type Answer,
  type CarriedStep,
  type LabReply,
  type LabSession,
} from '../../../lab/protocol.ts';
import { cwe, link } from '../references.ts';
import { describeReply, errorCodeOf, succeeded } from '../replies.ts';
import {
  JOINTS,
  OTHERS,
  personOf,
  saveAlert,
  tokenOf,
  tokenOfOther,
  twoCutAt,
  type Other,
} from './asking.ts';

const MINUTE_MS = 60_000;
/** An export takes twenty seconds. */
const DONE_MS = 25_000;

const hijacking = link(
  'MCP, Security Best Practices: State Handle Hijacking',
  'https://modelcontextprotocol.io/docs/2026-07-28/tutorials/security/security_best_practices',
);
const sessionsOfNobody = link(
  'CVE-2026-52869, MCP Python SDK: sessions without their principal',
  'https://github.com/modelcontextprotocol/python-sdk/security/advisories/GHSA-jpw9-pfvf-9f58',
);
const objectLevel = cwe(639, 'Authorization Bypass Through User-Controlled Key');

export interface Export {
  status?: unknown;
  alerts?: { text?: unknown }[];
}

const contentOf = ({ json }: LabReply): Record<string, unknown> =>
  ((json ?? {}) as { result?: { structuredContent?: Record<string, unknown> } }).result
    ?.structuredContent ?? {};

export async function startExport(lab: LabSession, token: string): Promise<string> {
  const reply = await lab.call('start_export', {}, { token });
  const { handle } = contentOf(reply);
  if (!succeeded(reply) || typeof handle !== 'string') {
    throw new StepFailed(`An export could not be started: ${describeReply(reply)}`);
  }
  return handle;
}

export const getExport = (lab: LabSession, token: string, handle: string): Promise<LabReply> =>
  lab.call('get_export', { handle }, { token });

export const cancelExport = (lab: LabSession, token: string, handle: string): Promise<LabReply> =>
  lab.call('cancel_export', { handle }, { token });

/** What an answer says of an export; undefined if it says nothing of any. */
export const exportIn = (reply: LabReply): Export | undefined =>
  succeeded(reply) ? contentOf(reply) : undefined;

/** A user starts, waits, and gets what is theirs. */
export async function exportsGoOn(lab: LabSession): Promise<string[]> {
  const token = await lab.mint();
  const secret = `mine ${lab.nonce}`;
  await saveAlert(lab, token, { text: secret });
  const handle = await startExport(lab, token);
  const first = await getExport(lab, token, handle);
  if (exportIn(first)?.status !== 'running') {
    return [`An export that has just begun is running: ${describeReply(first)}`];
  }
  await lab.advance(DONE_MS);
  const reply = await getExport(lab, token, handle);
  return exportIn(reply)?.status === 'done' && reply.text.includes(secret)
    ? []
    : [`An export does not come to its end: ${describeReply(reply)}`];
}

/** Alice, one alert of hers, and an export with it. */
async function aliceExports(
  lab: LabSession,
): Promise<{ alice: string; handle: string; secret: string }> {
  const alice = await tokenOf(lab, 'alice');
  const secret = `hers ${lab.nonce}`;
  await saveAlert(lab, alice, { text: secret });
  return { alice, secret, handle: await startExport(lab, alice) };
}

const complainUnlessNotFound = (reply: LabReply): string[] =>
  errorCodeOf(reply) === 'NOT_FOUND' || isNotFoundInWords(reply)
    ? []
    : [`Whoever has no such export is told NOT_FOUND; it answered ${describeReply(reply)}`];

/** Neighbours pass the message of a `NotFoundError` on as it is, so that its words can be compared. */
const isNotFoundInWords = ({ json }: LabReply): boolean => {
  const { result } = (json ?? {}) as {
    result?: { isError?: boolean; content?: { text?: string }[] };
  };
  return result?.isError === true && !/"code"\s*:/.test(result.content?.[0]?.text ?? '');
};

/** What two answers must have in common: all but what names the request. */
const comparable = (reply: LabReply): string => {
  const id = reply.headers['x-request-id'];
  const { result, error } = (reply.json ?? {}) as { result?: unknown; error?: unknown };
  const said = JSON.stringify([reply.status, result, error]);
  return id ? said.replaceAll(id, '') : said;
};

const GUESSED = ['by counting', 'by comparing', 'by repeating', 'by having many'] as const;

const ALICE = personOf('https://one.example', 'alice');

/** Pairs of people who are two, and where the second one asks. */
const NEIGHBOURS = {
  'cut elsewhere': { people: JOINTS.map(twoCutAt), server: 'first' },
  'asked by nobody': { people: [[ALICE, undefined]], server: 'first' },
  'begun by nobody': { people: [[undefined, ALICE]], server: 'first' },
  'another server': { people: [[ALICE, ALICE]], server: 'second' },
} satisfies Record<string, { people: [Actor | undefined, Actor | undefined][]; server: string }>;
type Neighbour = keyof typeof NEIGHBOURS;

export const exportAttacks: Attack[] = [
  defineAttack<{ call: 'get' | 'cancel'; afterMs: number; who: Other }>({
    id: 'handle-other-user',
    title: 'Somebody else’s handle',
    level: 'core',
    story:
      'Alice exports her alerts. The handle gets into a ticket, a log, a shared conversation. Mallory signs in as herself, and asks for the export, or ends it.',
    secureAnswer:
      'NOT_FOUND. A handle says which export is meant, and the token says whose it may be.',
    lessonAnchor: 'handles',
    references: [hijacking, sessionsOfNobody, objectLevel],
    payload: z.strictObject({
      call: z.enum(['get', 'cancel']),
      afterMs: z.number().min(0).max(600_000),
      who: z.enum(OTHERS),
    }),
    ordinaryUse: exportsGoOn,
    variants: {
      'reads it': { call: 'get', afterMs: DONE_MS, who: 'another user' },
      'sees how it stands': { call: 'get', afterMs: 0, who: 'another user' },
      'ends it': { call: 'cancel', afterMs: 0, who: 'another user' },
      'ends it when it is done': { call: 'cancel', afterMs: DONE_MS, who: 'another user' },
      'a namesake at another issuer': {
        call: 'get',
        afterMs: DONE_MS,
        who: 'a namesake elsewhere',
      },
      'the same name in capitals': { call: 'get', afterMs: 0, who: 'the name in capitals' },
    },
    async fire({ call, afterMs, who }, lab) {
      const mallory = await tokenOfOther(lab, 'alice', who);
      if (mallory === undefined) return { breaches: [], complaints: [] };
      const { alice, handle, secret } = await aliceExports(lab);
      await lab.advance(afterMs);
      const reply =
        call === 'get'
          ? await getExport(lab, mallory, handle)
          : await cancelExport(lab, mallory, handle);
      const breaches: string[] = [];
      if (reply.text.includes(secret)) breaches.push('Mallory read what Alice had exported.');
      else if (call === 'get' && exportIn(reply)) {
        breaches.push('Mallory was told how the export of Alice stands.');
      }
      const alices = exportIn(await getExport(lab, alice, handle));
      if (!alices) breaches.push('Alice does not find her export any more.');
      return { breaches, complaints: breaches.length > 0 ? [] : complainUnlessNotFound(reply) };
    },
  }),

  defineAttack<{ who: Neighbour }>({
    id: 'handle-look-alike',
    title: 'A user who looks alike',
    level: 'core',
    story:
      'The store is asked itself, by a server with two issuers. Whoever finds the handle has a name that reads the same once issuer and subject are joined, or none; or asks another server.',
    secureAnswer:
      'NotFoundError, and the export stays where it is. Issuer and subject are two texts, and stay two.',
    lessonAnchor: 'handles',
    references: [hijacking, sessionsOfNobody, objectLevel],
    payload: z.strictObject({
      who: z.enum(Object.keys(NEIGHBOURS) as [Neighbour, ...Neighbour[]]),
    }),
    ordinaryUse: exportsGoOn,
    variants: {
      'issuer and subject, cut elsewhere': { who: 'cut elsewhere' },
      'somebody’s, asked by nobody': { who: 'asked by nobody' },
      'nobody’s, asked by somebody': { who: 'begun by nobody' },
      'at another server': { who: 'another server' },
    },
    async fire({ who }, lab) {
      const { people, server } = NEIGHBOURS[who];
      const breaches: string[] = [];
      for (const [index, [owner, other]] of people.entries()) {
        const name = `handle ${index}`;
        const [, , found, , after] = await lab.carried([
          { take: 'issue', server: 'first', name, actor: owner },
          { take: 'issue', server, name: `other ${index}`, actor: other },
          { take: 'find', server, name, actor: other },
          { take: 'end', server, name, actor: other },
          { take: 'find', server: 'first', name, actor: owner },
        ]);
        if (!found || !after) throw new StepFailed('The store did not answer.');
        if ('value' in found) breaches.push(`An export was found by somebody else (${who}).`);
        if ('refused' in after) breaches.push(`Its owner does not find it any more (${who}).`);
      }
      return { breaches, complaints: [] };
    },
  }),

  defineAttack<{ how: (typeof GUESSED)[number] }>({
    id: 'handle-guessed',
    title: 'Handles that can be guessed',
    level: 'core',
    story:
      'An app that Alice uses starts some exports, and looks at its handles. What is the next one, that her other app is given? It has a token of hers, so that the store has nothing to object.',
    secureAnswer:
      'A handle with 128 random bits tells nothing about the next, so that only who was given it can name it.',
    lessonAnchor: 'handles',
    references: [hijacking, cwe(340, 'Generation of Predictable Numbers or Identifiers')],
    payload: z.strictObject({ how: z.enum(GUESSED) }),
    ordinaryUse: exportsGoOn,
    variants: {
      'by counting': { how: 'by counting' },
      'by comparing': { how: 'by comparing' },
      'by a server that does the same': { how: 'by repeating' },
      'by having many': { how: 'by having many' },
    },
    async fire({ how }, lab) {
      if (how === 'by repeating') return judgeRepeating(lab);
      if (how === 'by having many') return judgeMany(lab);
      const claims = { sub: `alice-${lab.nonce}` };
      const own = await lab.mint({ claims: { ...claims, client_id: 'curious-app' } });
      const known: string[] = [];
      for (let count = 0; count < (how === 'by counting' ? 3 : 12); count++) {
        known.push(await startExport(lab, own));
      }
      if (how === 'by comparing') return judgeRandomness(known);
      const other = await lab.mint({ claims: { ...claims, client_id: 'other-app' } });
      const next = await startExport(lab, other);
      const guesses = successorsOf(known.at(-1) ?? '').filter((guess) => !known.includes(guess));
      for (const guess of guesses) {
        const reply = await getExport(lab, own, guess);
        if (exportIn(reply)) {
          return {
            breaches: [`After ${known.at(-1)} came ${next}: ${guess} was guessed, and found.`],
            complaints: [],
          };
        }
      }
      return { breaches: [], complaints: [] };
    },
  }),

  defineAttack<{ afterMinutes: number; call: 'get' | 'cancel' }>({
    id: 'handle-expired',
    title: 'A handle that lasts for ever',
    level: 'core',
    story:
      'An export was fetched and forgotten. Its handle stands in an old conversation, and Alice’s token of today is good: whoever reads that conversation with her client reads the export.',
    secureAnswer:
      'NOT_FOUND. A handle is good for fifteen minutes, and then forgotten with its job.',
    lessonAnchor: 'handles',
    references: [hijacking, cwe(613, 'Insufficient Session Expiration')],
    payload: z.strictObject({
      afterMinutes: z.number().min(15.1).max(100_000),
      call: z.enum(['get', 'cancel']),
    }),
    ordinaryUse: exportsGoOn,
    variants: {
      'twenty minutes': { afterMinutes: 20, call: 'get' },
      'a day': { afterMinutes: 24 * 60, call: 'get' },
      'twenty minutes, asked about meanwhile': { afterMinutes: 21, call: 'get' },
      'a quarter of an hour after it was done': { afterMinutes: 15.2, call: 'get' },
      'ended after twenty minutes': { afterMinutes: 20, call: 'cancel' },
    },
    async fire({ afterMinutes, call }, lab) {
      const { handle, secret } = await aliceExports(lab);
      const ask = call === 'get' ? getExport : cancelExport;
      // Whoever asks often should not keep it alive.
      const asks = afterMinutes === 21 ? 3 : 1;
      let reply: LabReply | undefined;
      for (let asked = 0; asked < asks; asked++) {
        await lab.advance((afterMinutes / asks) * MINUTE_MS);
        reply = await ask(lab, await tokenOf(lab, 'alice'), handle);
      }
      if (!reply) throw new StepFailed('Nobody asked.');
      const isThere = reply.text.includes(secret) || exportIn(reply) !== undefined;
      return {
        breaches: isThere ? [`After ${afterMinutes} minutes the export is still there.`] : [],
        complaints: isThere ? [] : complainUnlessNotFound(reply),
      };
    },
  }),

  defineAttack<{ call: 'get' | 'cancel'; nobodys: string }>({
    id: 'handle-tells',
    title: 'Not yours, or not there',
    level: 'core',
    story:
      'Mallory has a list of handles, from a backup. She asks for each with her own token, and learns from the answers which are in use.',
    secureAnswer: 'The same answer for an export of somebody else as for one that does not exist.',
    lessonAnchor: 'handles',
    references: [hijacking, cwe(204, 'Observable Response Discrepancy')],
    payload: z.strictObject({ call: z.enum(['get', 'cancel']), nobodys: z.string().max(200) }),
    ordinaryUse: exportsGoOn,
    variants: {
      'asks for it': { call: 'get', nobodys: '' },
      'ends it': { call: 'cancel', nobodys: '' },
      'asks for what every object has': { call: 'get', nobodys: 'constructor' },
      'ends what every object has': { call: 'cancel', nobodys: '__proto__' },
    },
    async fire({ call, nobodys: named }, lab) {
      const { handle } = await aliceExports(lab);
      const mallory = await tokenOf(lab, 'mallory');
      const ask = call === 'get' ? getExport : cancelExport;
      // Whoever has exports of her own gets further than somebody who has none.
      await startExport(lab, mallory);
      const nobodys = named || `${handle.slice(0, -3)}${handle.endsWith('000') ? '111' : '000'}`;
      const [hers, none] = [await ask(lab, mallory, handle), await ask(lab, mallory, nobodys)];
      const [of, without] = [comparable(hers), comparable(none).replaceAll(nobodys, handle)];
      return {
        breaches:
          of === without
            ? []
            : [`A handle of Alice is answered with ${of}, and one of nobody with ${without}.`],
        complaints: [],
      };
    },
  }),
];

/** Beyond this a guess is not worth trying; 128 random bits of any spelling pass it by far. */
const ENOUGH_BITS = 64;

/** As many bits as differ between handles, as far as a dozen of them can show. */
function judgeRandomness(handles: string[]): { breaches: string[]; complaints: string[] } {
  const longest = Math.max(...handles.map(({ length }) => length));
  let bits = 0;
  for (let at = 0; at < longest; at++) {
    bits += Math.log2(new Set(handles.map((handle) => handle.charAt(at))).size);
  }
  const shown = handles.slice(0, 3).join(', ');
  return {
    breaches:
      bits < ENOUGH_BITS
        ? [`Handles such as ${shown} differ in some ${Math.round(bits)} bits; they can be guessed.`]
        : [],
    complaints: [],
  };
}

const handlesFor = (server: string, count: number): CarriedStep[] =>
  Array.from({ length: count }, (_, index) => ({
    take: 'issue',
    server,
    name: `${index}`,
    actor: ALICE,
  }));

/** Whoever knows the program can do what it does: nothing in a handle may follow from what is known. */
async function judgeRepeating(lab: LabSession): Promise<{ breaches: string[]; complaints: [] }> {
  const answers = await lab.carried([...handlesFor('first', 3), ...handlesFor('second', 3)]);
  return judgeTwice(
    valuesIn(answers),
    'Two servers that were just started gave out the same handle',
  );
}

/** Handles that count give the next away; of 64 bits two meet after billions, of 16 after hundreds. */
async function judgeMany(lab: LabSession): Promise<{ breaches: string[]; complaints: [] }> {
  const answers: Answer<string>[] = [];
  for (let part = 0; part < 5; part++) answers.push(...(await lab.carried(handlesFor('one', 400))));
  const handles = valuesIn(answers);
  for (const [at, handle] of handles.slice(0, 100).entries()) {
    const next = handles[at + 1] ?? '';
    if (successorsOf(handle).includes(next)) {
      return { breaches: [`After ${handle} came ${next}, as was guessed.`], complaints: [] };
    }
  }
  return judgeTwice(handles, 'Of two thousand handles two were the same');
}

const valuesIn = (answers: Answer<string>[]): string[] =>
  answers.flatMap((answer) => ('value' in answer ? [answer.value] : []));

function judgeTwice(handles: string[], breach: string): { breaches: string[]; complaints: [] } {
  const twice = handles.find((handle, at) => handles.indexOf(handle) !== at);
  return { breaches: twice === undefined ? [] : [`${breach}: ${twice}.`], complaints: [] };
}

const GUESSES = 12;

/** What may come after a handle that counts, in decimals anywhere in it or in hex or base64 as a whole. */
function successorsOf(handle: string): string[] {
  const guesses: string[] = [];
  for (const run of handle.matchAll(/\d+/g)) {
    for (let step = 1; step <= GUESSES; step++) {
      const next = String(BigInt(run[0]) + BigInt(step)).padStart(run[0].length, '0');
      guesses.push(handle.slice(0, run.index) + next + handle.slice(run.index + run[0].length));
    }
  }
  const inside = Buffer.from(handle, 'base64url').toString('utf8');
  if (/^[\x20-\x7e]+$/.test(inside) && /\d/.test(inside)) {
    for (const next of successorsOf(inside).slice(0, GUESSES)) {
      guesses.push(Buffer.from(next).toString('base64url'));
    }
  }
  return guesses.slice(0, 3 * GUESSES);
}
