/** What a feed answers with: too much, too slowly, something else; and what the caller learns of it. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { defineAttack, type Attack } from '../../../lab/attack.ts';
import type { LabReply, LabSession } from '../../../lab/protocol.ts';
import { cwe, rfc } from '../references.ts';
import { describeReply } from '../replies.ts';
import {
  asked,
  importedBy,
  importFeed,
  importsHonestFeed,
  publishFeed,
  type WebEntry,
} from './feeds.ts';
import { ssrf } from './where-it-goes.ts';

/** Four times what may be read: nobody is held to the exact number. */
const TOO_MANY_BYTES = 256 * 1024;
/** Three times as long as it may take, on the server's clock. */
const TOO_LONG_MS = 30_000;

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
    },
    async fire({ padding, status, headers }, lab) {
      const url = `https://${lab.nonce}.feeds.example/feed.json`;
      await publishFeed(lab, url, { padding, status, headers });
      const reply = await importFeed(lab, url);
      const read = (await asked(lab, [reply])).reduce((sum, { bytes }) => sum + bytes, 0);
      return {
        breaches: read > TOO_MANY_BYTES ? [`The server read ${read} bytes of a feed.`] : [],
        complaints: [],
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
      const { entries } = await importWhileTimePasses(lab, start);
      const began = entries[0]?.at ?? 0;
      const heldMs = Math.max(0, ...entries.map((entry) => entry.at + entry.heldMs - began));
      return {
        breaches:
          heldMs > TOO_LONG_MS
            ? [`The server waited for a feed for ${Math.round(heldMs / 1000)} seconds.`]
            : [],
        complaints: [],
      };
    },
  }),

  defineAttack<{ status: number; type: string }>({
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
    }),
    ordinaryUse: importsHonestFeed,
    variants: {
      'a page': { status: 200, type: 'text/html' },
      'an upload': { status: 200, type: 'text/plain; charset=utf-8' },
      'a picture': { status: 200, type: 'image/svg+xml' },
      'JSON in a parameter': { status: 200, type: 'text/html; profile="application/json"' },
      'no type': { status: 200, type: '' },
      'a part': { status: 206, type: 'application/json' },
      'made just now': { status: 201, type: 'application/json' },
    },
    async fire({ status, type }, lab) {
      const url = `https://${lab.nonce}.feeds.example/feed.json`;
      await publishFeed(lab, url, { status, headers: { 'content-type': type } });
      const reply = await importFeed(lab, url);
      const imported = importedBy(reply);
      const what = `${type || 'an answer without a type'}, with status ${status}`;
      return {
        breaches: imported ? [`The server kept ${imported} observations of ${what}.`] : [],
        complaints: [],
      };
    },
  }),

  defineAttack<{ status: number; body: string }>({
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
    }),
    ordinaryUse: importsHonestFeed,
    variants: {
      'the body of an error': { status: 500, body: 'db-7 is down: {{word}}' },
      'what was denied': { status: 403, body: '{"hint":"{{word}}"}' },
      'a long story': { status: 404, body: `{{word}}${'.'.repeat(4000)}` },
    },
    async fire({ status, body }, lab) {
      const url = `https://${lab.nonce}.feeds.example/feed.json`;
      // Nothing that the caller has said, so that only the answer can have told it.
      const word = `said-${Buffer.from(lab.nonce).toString('base64url')}`;
      await publishFeed(lab, url, { status, body: body.replaceAll('{{word}}', word) });
      const reply = await importFeed(lab, url);
      return {
        breaches: reply.text.includes(word)
          ? [`The caller was told what the host said: ${describeReply(reply)}`]
          : [],
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

/** Calls, and lets time pass on the server's clock from the moment it has begun to ask. */
export async function importWhileTimePasses(
  lab: LabSession,
  url: string,
): Promise<{ reply: LabReply; entries: WebEntry[] }> {
  const progress = { over: false };
  const pending = importFeed(lab, url).finally(() => (progress.over = true));
  const hasBegun = async (): Promise<boolean> =>
    (await lab.tape()).some((entry) => entry.kind === 'web' && entry.url === url);
  for (let look = 0; look < LOOKS && !progress.over && !(await hasBegun()); look++) await pause(5);
  for (let second = 0; second < SECONDS && !progress.over; second++) await lab.advance(1_000);
  const reply = await pending;
  return { reply, entries: await asked(lab, [reply]) };
}
