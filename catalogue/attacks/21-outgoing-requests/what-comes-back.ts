/** What a feed answers with: too much, too slowly, something else; and what the caller learns of it. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { defineAttack, type Attack } from '../../../lab/attack.ts';
import type { LabReply, LabSession } from '../../../lab/protocol.ts';
import { cwe, rfc } from '../references.ts';
import { describeReply } from '../replies.ts';
import {
  asked,
  complainIfOutOfOrder,
  feedOfBytes,
  importedBy,
  importFeed,
  importsHonestFeed,
  publishFeed,
} from './feeds.ts';
import { ssrf } from './where-it-goes.ts';

/** Four times what may be read: pieces have a length of their own. */
const TOO_MANY_BYTES = 256 * 1024;
/** Half as long again as it may take, on the server's clock. */
const TOO_LONG_MS = 15_000;
/** Whoever has answered and not hung up is seen by then. */
const AFTERWARDS_MS = 150_000;

export const whatComesBack: Attack[] = [
  defineAttack<{ padding: number; status: number; headers: Record<string, string> }>({
    id: 'out-endless-body',
    title: 'A feed without end',
    level: 'core',
    story:
      'The feed goes on and on. A server that reads it to its end keeps all of it in memory, once for each call.',
    secureAnswer:
      'An end after 64 KiB, by counting what comes. The length that is announced is the other side’s text, and an error page has a body as well.',
    lessonAnchor: 'size-and-time',
    references: [
      cwe(770, 'Allocation of Resources Without Limits or Throttling'),
      rfc(9110, '8.6'),
    ],
    payload: z.strictObject({
      padding: z.number().int().min(0).max(20_000_000),
      status: z.number().int().min(200).max(599),
      headers: z.record(z.string(), z.string().max(200)),
    }),
    ordinaryUse: importsHonestFeed,
    variants: {
      'eight megabytes': { padding: 8_000_000, status: 200, headers: {} },
      'said to be short': { padding: 8_000_000, status: 200, headers: { 'content-length': '300' } },
      'in an error page': { padding: 8_000_000, status: 500, headers: {} },
      'of another type': {
        padding: 8_000_000,
        status: 200,
        headers: { 'content-type': 'text/html' },
      },
      'in a redirect': { padding: 8_000_000, status: 302, headers: { location: '/moved' } },
    },
    async fire({ padding, status, headers }, lab) {
      const url = `https://${lab.nonce}.feeds.example/feed.json`;
      await publishFeed(lab, url, { padding, status, headers });
      await publishFeed(lab, new URL('/moved', url).href, { padding });
      const reply = await importFeed(lab, url);
      const read = (await asked(lab, [reply])).reduce((sum, { bytes }) => sum + bytes, 0);
      return {
        breaches: read > TOO_MANY_BYTES ? [`The server read ${read} bytes of a feed.`] : [],
        complaints: complainIfOutOfOrder(reply),
      };
    },
  }),

  defineAttack<{ bytes: number; letter: string }>({
    id: 'out-too-long',
    title: 'A feed that is a little too long',
    level: 'core',
    story:
      'The feed is well formed, and just longer than agreed. A server that counts letters where it means bytes, or looks whether more than enough has come before it adds the last piece, keeps more than it wanted to. In scripts of three bytes a letter that is three times as much.',
    secureAnswer: 'An error: 64 KiB are 65,536 bytes.',
    lessonAnchor: 'size-and-time',
    references: [
      cwe(770, 'Allocation of Resources Without Limits or Throttling'),
      cwe(193, 'Off-by-one Error'),
    ],
    payload: z.strictObject({
      bytes: z.number().int().min(65_537).max(150_000),
      letter: z.string().regex(/^\p{L}$/u),
    }),
    ordinaryUse: importsHonestFeed,
    variants: {
      'by a byte': { bytes: 65_537, letter: 'x' },
      'by a piece': { bytes: 80_000, letter: 'x' },
      'letters of three bytes': { bytes: 120_000, letter: '天' },
    },
    async fire({ bytes, letter }, lab) {
      const url = `https://${lab.nonce}.feeds.example/feed.json`;
      await publishFeed(lab, url, { body: feedOfBytes(bytes, letter).text });
      const reply = await importFeed(lab, url);
      return {
        breaches: importedBy(reply) ? [`The server took a feed of ${bytes} bytes.`] : [],
        complaints: complainIfOutOfOrder(reply),
      };
    },
  }),

  defineAttack<{ answersAfter: number; pause: number; padding: number; redirects: number }>({
    id: 'out-slow-answer',
    title: 'A feed that takes its time',
    level: 'core',
    story:
      'The attacker’s server takes the connection and says nothing, or sends a few bytes now and then, or redirects slowly. Each call keeps a connection and a caller waiting; a few hundred of them keep everybody waiting.',
    secureAnswer:
      'The server hangs up ten seconds after it began, however far it has come, redirects included.',
    lessonAnchor: 'size-and-time',
    references: [cwe(400, 'Uncontrolled Resource Consumption')],
    payload: z.strictObject({
      answersAfter: z.number().int().min(0).max(300_000),
      pause: z.number().int().min(0).max(60_000),
      padding: z.number().int().min(0).max(60_000),
      redirects: z.number().int().min(0).max(10),
    }),
    ordinaryUse: importsHonestFeed,
    variants: {
      'no answer for two minutes': { answersAfter: 120_000, pause: 0, padding: 0, redirects: 0 },
      'a few bytes every two seconds': {
        answersAfter: 0,
        pause: 2_000,
        padding: 3_840,
        redirects: 0,
      },
      'five slow redirects': { answersAfter: 9_000, pause: 0, padding: 0, redirects: 5 },
    },
    async fire({ redirects, ...page }, lab) {
      const start = `https://${lab.nonce}.feeds.example/0`;
      for (let hop = 0; hop < redirects; hop++) {
        const headers = { location: `/${hop + 1}` };
        await lab.publish(new URL(`/${hop}`, start).href, { status: 302, headers, ...page });
      }
      await publishFeed(lab, new URL(`/${redirects}`, start).href, page);
      const [reply] = await importWhileTimePasses(lab, [start]);
      await lab.advance(AFTERWARDS_MS);
      const entries = await asked(lab, reply ? [reply] : []);
      const began = entries[0]?.at ?? 0;
      const heldMs = Math.max(0, ...entries.map((entry) => entry.at + entry.heldMs - began));
      return {
        breaches:
          heldMs > TOO_LONG_MS
            ? [`The server waited for a feed for ${Math.round(heldMs / 1000)} seconds.`]
            : [],
        complaints: reply ? complainIfOutOfOrder(reply) : [],
      };
    },
  }),

  defineAttack<{ status: number; type: string; location: string }>({
    id: 'out-not-a-feed',
    title: 'Something else than a feed',
    level: 'core',
    story:
      'What answers is a page, an upload of somebody’s, or an error that happens to hold observations. Who put it there need not be who owns the host: many hosts serve the files of strangers, and label them for what they are.',
    secureAnswer: 'An error: a feed has status 200 and a type of JSON.',
    lessonAnchor: 'what-counts-as-a-feed',
    references: [
      rfc(9110, '8.3'),
      rfc(6839, '3.1'),
      cwe(345, 'Insufficient Verification of Data Authenticity'),
    ],
    payload: z.strictObject({
      status: z.number().int().min(200).max(599),
      type: z.string().max(200),
      location: z.string().max(200),
    }),
    ordinaryUse: importsHonestFeed,
    variants: {
      'a page': { status: 200, type: 'text/html', location: '' },
      'an upload': { status: 200, type: 'text/plain; charset=utf-8', location: '' },
      'a picture': { status: 200, type: 'image/svg+xml', location: '' },
      'JSON in a parameter': {
        status: 200,
        type: 'text/html; profile="application/json"',
        location: '',
      },
      'no type': { status: 200, type: '', location: '' },
      'a part': { status: 206, type: 'application/json', location: '' },
      'made just now': { status: 201, type: 'application/json', location: '' },
      'changed on the way': { status: 203, type: 'application/json', location: '' },
      'a sequence': { status: 200, type: 'application/json-seq', location: '' },
      'a script': { status: 200, type: 'application/jsonp; charset=utf-8', location: '' },
      'a model in JSON': { status: 200, type: 'model/gltf+json', location: '' },
      'a text': { status: 200, type: 'text/json', location: '' },
      'two types': { status: 200, type: 'text/html, application/json', location: '' },
      'two types, JSON first': { status: 200, type: 'application/json, text/html', location: '' },
      'a choice': { status: 300, type: 'application/json', location: '/feed' },
      'a proxy to use': { status: 305, type: 'application/json', location: '/feed' },
    },
    async fire({ status, type, location }, lab) {
      const url = `https://${lab.nonce}.feeds.example/feed.json`;
      await publishFeed(lab, url, { status, headers: { 'content-type': type, location } });
      await publishFeed(lab, new URL('/feed', url).href);
      const reply = await importFeed(lab, url);
      const imported = importedBy(reply);
      const what = `${type || 'an answer without a type'}, with status ${status}`;
      return {
        breaches: imported ? [`The server kept ${imported} observations of ${what}.`] : [],
        complaints: complainIfOutOfOrder(reply),
      };
    },
  }),

  defineAttack<{ status: number; body: string; headers: Record<string, string> }>({
    id: 'out-quoting-errors',
    title: 'An error that quotes',
    level: 'core',
    story:
      'Some hosts answer your server and not the attacker: they know its address. The import fails, and the error tells what the host said. So the attacker reads what was meant for the server, and the model reads what a stranger wrote.',
    secureAnswer:
      'An error in words of your own. Body, status, headers and the parser’s message stay in the server.',
    lessonAnchor: 'what-the-caller-learns',
    references: [ssrf, cwe(209, 'Generation of Error Message Containing Sensitive Information')],
    payload: z.strictObject({
      status: z.number().int().min(200).max(599),
      body: z.string().max(5000),
      headers: z.record(z.string(), z.string().max(200)),
    }),
    ordinaryUse: importsHonestFeed,
    variants: {
      'the body of an error': { status: 500, body: 'db-7 is down: {{word}}', headers: {} },
      'what was denied': { status: 403, body: '{"hint":"{{word}}"}', headers: {} },
      'a long story': { status: 404, body: `{{word}}${'.'.repeat(4000)}`, headers: {} },
      'the type': { status: 415, body: '{{word}}', headers: { 'content-type': 'text/{{word}}' } },
      'where it has moved to': {
        status: 302,
        body: '{{word}}',
        headers: { location: '/{{word}}' },
      },
    },
    async fire({ status, body, headers }, lab) {
      const url = `https://${lab.nonce}.feeds.example/feed.json`;
      // Nothing that the caller has said, so that only the answer can have told it.
      const word = `said-${Buffer.from(lab.nonce).toString('base64url')}`;
      const said = (text: string): string => text.replaceAll('{{word}}', word);
      const page = {
        body: said(body),
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name, said(value)]),
        ),
      };
      await publishFeed(lab, url, { status, ...page });
      await lab.publish(new URL(`/${word}`, url).href, { status: 410, body: page.body });
      const reply = await importFeed(lab, url);
      return {
        breaches: reply.text.includes(word)
          ? [`The caller was told what the host said: ${describeReply(reply)}`]
          : [],
        complaints: complainIfOutOfOrder(reply),
      };
    },
  }),

  defineAttack<{ answers: { status: number; type: string; padding: number }[] }>({
    id: 'out-telling-errors',
    title: 'Errors that say which it was',
    level: 'core',
    story:
      'The attacker learns what a host says to your server, and to nobody else, without a word of it: one error for 403, another for 404, one for a page, one for what is too long. So it can ask which paths there are, and to which of them your server has access.',
    secureAnswer: 'The same answer, whatever the host has said.',
    lessonAnchor: 'what-the-caller-learns',
    references: [ssrf, cwe(204, 'Observable Response Discrepancy')],
    payload: z.strictObject({
      answers: z
        .array(
          z.strictObject({
            status: z.number().int().min(200).max(599),
            type: z.string().max(200),
            padding: z.number().int().min(0).max(20_000_000),
          }),
        )
        .min(2)
        .max(10),
    }),
    ordinaryUse: importsHonestFeed,
    variants: {
      'which status': {
        answers: [
          { status: 404, type: 'application/json', padding: 0 },
          { status: 403, type: 'application/json', padding: 0 },
          { status: 500, type: 'application/json', padding: 0 },
        ],
      },
      'whether there is a page': {
        answers: [
          { status: 404, type: 'text/html', padding: 0 },
          { status: 200, type: 'text/html', padding: 0 },
        ],
      },
      'how long it is': {
        answers: [
          { status: 404, type: 'application/json', padding: 0 },
          { status: 200, type: 'application/json', padding: 8_000_000 },
        ],
      },
    },
    async fire({ answers }, lab) {
      const told: string[] = [];
      for (const [index, { status, type, padding }] of answers.entries()) {
        const url = `https://start${index}-${lab.nonce}.feeds.example/`;
        await publishFeed(lab, url, { status, padding, headers: { 'content-type': type } });
        told.push(withoutNames(await importFeed(lab, url), lab));
      }
      const [first = '', ...others] = told;
      const other = others.find((one) => one !== first);
      return {
        breaches:
          other === undefined
            ? []
            : [
                `The caller can tell what the host said: ${other.slice(0, 150)} is not ${first.slice(0, 150)}.`,
              ],
        complaints: [],
      };
    },
  }),

  defineAttack<{ address: string; byRedirect: boolean }>({
    id: 'out-map-of-names',
    title: 'Which names are there inside?',
    level: 'core',
    story:
      'The server’s resolver knows names that the internet does not. The attacker tries names and compares errors: one for a name that nobody knows, another for one that stands for an address inside. No connection is made, and the network has been drawn.',
    secureAnswer: 'The same answer for both.',
    lessonAnchor: 'what-the-caller-learns',
    references: [ssrf, cwe(204, 'Observable Response Discrepancy')],
    payload: z.strictObject({ address: z.string().max(60), byRedirect: z.boolean() }),
    ordinaryUse: importsHonestFeed,
    variants: {
      'by name': { address: '10.0.0.5', byRedirect: false },
      'by a redirect to the name': { address: '10.0.0.5', byRedirect: true },
      'a name with an IPv6 address': { address: 'fd00::5', byRedirect: false },
    },
    async fire({ address, byRedirect }, lab) {
      const [known, unknown] = ['aa', 'zz'].map(
        (name) => `https://${name}-${lab.nonce}.feeds.example/`,
      );
      await publishFeed(lab, known!, { addresses: [address] });
      const replies: LabReply[] = [];
      for (const [index, place] of [known!, unknown!].entries()) {
        const start = `https://start${index}-${lab.nonce}.feeds.example/`;
        if (byRedirect) await lab.publish(start, { status: 302, headers: { location: place } });
        replies.push(await importFeed(lab, byRedirect ? start : place));
      }
      const [inside, nowhere] = replies.map((reply) => withoutNames(reply, lab));
      return {
        breaches:
          inside === nowhere
            ? []
            : [
                `The answer about a name that stands for ${address}, ${inside!.slice(0, 150)}, is not the answer about a name that nobody knows, ${nowhere!.slice(0, 150)}.`,
              ],
        complaints: [],
      };
    },
  }),
];

/** What a caller can compare: not the number of the request, nor the name that it has sent itself. */
function withoutNames({ requestId, status, text }: LabReply, { nonce }: LabSession): string {
  const same = text
    .replaceAll(requestId, '…')
    .replaceAll(new RegExp(`(?:aa|zz|start\\d)-${nonce}`, 'g'), '…')
    .replaceAll(/"id":\s*\d+/g, '"id":…');
  return `HTTP ${status} ${same}`;
}

/** Two and a half minutes, which is longer than any page here takes. */
const SECONDS = 150;
const LOOKS = 600;

/**
 * Imports from all of these at the same time, and lets time pass on the server's clock from the moment
 * it has begun to ask for each.
 */
export async function importWhileTimePasses(lab: LabSession, urls: string[]): Promise<LabReply[]> {
  const progress = { over: false };
  const pending = Promise.all(urls.map((url) => importFeed(lab, url))).finally(
    () => (progress.over = true),
  );
  const hasBegun = async (): Promise<boolean> => {
    const begun = new Set(
      (await lab.tape()).flatMap((entry) => (entry.kind === 'web' ? [entry.url] : [])),
    );
    return urls.every((url) => begun.has(url));
  };
  for (let look = 0; look < LOOKS && !progress.over && !(await hasBegun()); look++) await pause(5);
  for (let second = 0; second < SECONDS && !progress.over; second++) await lab.advance(1_000);
  return pending;
}
