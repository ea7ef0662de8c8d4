/** Feeds that an attack publishes, and what the server did when it was told to import one. */
import type { Findings } from '../../../lab/attack.ts';
import type { LabReply, LabSession } from '../../../lab/protocol.ts';
import type { TapeEntry } from '../../../exercises/weather-server/world/tape.ts';
import type { PublishedPage } from '../../../exercises/weather-server/world/web.ts';
import { describeReply, errorCodeOf, saysItIsBroken, succeeded } from '../replies.ts';

export type WebEntry = Extract<TapeEntry, { kind: 'web' }>;

/** Where published pages are, unless they say otherwise. */
export const PUBLIC_IPV4 = '93.184.215.14';
export const PUBLIC_IPV6 = '2606:2800:21f:cb07:6820:80da:af6b:8b2c';

export const feedOf = (observations: number): { observations: object[] } => ({
  observations: Array.from({ length: observations }, (_, index) => ({
    place: 'Harbour',
    at: new Date(Date.UTC(2026, 2, 1) + index * 3_600_000).toISOString(),
    temperatureC: 9.5,
    note: 'Light wind from the west, a little rain',
  })),
});

export const FEED = feedOf(2);

/**
 * A feed of exactly so many bytes, nearly all of them in notes of this letter. What fills it up stands
 * before the last bracket, so that nobody reads it without having read all of it.
 */
export function feedOfBytes(bytes: number, letter: string): { text: string; notes: number } {
  const note = letter.repeat(LETTERS_OF_A_NOTE);
  const textOf = (notes: number): string =>
    JSON.stringify({ observations: feedOf(notes).observations.map((one) => ({ ...one, note })) });
  const empty = Buffer.byteLength(textOf(0));
  const notes = Math.floor(
    (bytes - empty) / (Buffer.byteLength(textOf(2)) - Buffer.byteLength(textOf(1))),
  );
  const text = textOf(notes).slice(0, -1);
  return { text: `${text}${' '.repeat(bytes - Buffer.byteLength(text) - 1)}}`, notes };
}

/** A note may have 200. */
const LETTERS_OF_A_NOTE = 190;

/** Names of this firing, so that nothing can be known beforehand. */
export const named = (text: string, lab: LabSession): string =>
  text.replaceAll('{{nonce}}', lab.nonce);

export const publishFeed = (
  lab: LabSession,
  url: string,
  page: PublishedPage = {},
): Promise<void> => lab.publish(url, { body: FEED, ...page });

/** By a user of its own, so that no limit is reached. */
export async function importFeed(lab: LabSession, url: string): Promise<LabReply> {
  return lab.call('import_feed', { url }, { token: await lab.mint(), label: `import ${url}` });
}

/** What the server asked for in the course of these calls. */
export async function asked(lab: LabSession, replies: LabReply[]): Promise<WebEntry[]> {
  const ids = new Set(replies.map(({ requestId }) => requestId));
  return (await lab.tape()).filter(
    (entry): entry is WebEntry => entry.kind === 'web' && ids.has(entry.requestId),
  );
}

/** How many observations were kept, by the answer. */
export function importedBy(reply: LabReply): number | undefined {
  if (!succeeded(reply)) return undefined;
  const { result } = reply.json as { result: { structuredContent?: { imported?: number } } };
  return result.structuredContent?.imported;
}

/** Problems with the import of a feed that is as it should be. */
export async function whyNotImported(
  lab: LabSession,
  url: string,
  observations = FEED.observations.length,
): Promise<string[]> {
  const reply = await importFeed(lab, url);
  return importedBy(reply) === observations
    ? []
    : [`The feed at ${url} was not imported: ${describeReply(reply)}`];
}

/** Before and after each attack: a server that imports nothing at all is not a secure one. */
export async function importsHonestFeed(lab: LabSession): Promise<string[]> {
  const url = `https://honest-${lab.nonce}.feeds.example/observations.json`;
  await publishFeed(lab, url);
  return whyNotImported(lab, url);
}

/** A model has to learn that this address will not do, and not that something is out of order. */
const complainUnlessRefused = (reply: LabReply): string[] =>
  errorCodeOf(reply) === 'INVALID_INPUT'
    ? []
    : [
        `An address that must not be asked is invalid input (INVALID_INPUT); it answered ${describeReply(reply)}`,
      ];

/** What cannot be had is the address's matter, or the other host's: this server is in order. */
export const complainIfOutOfOrder = (reply: LabReply): string[] =>
  saysItIsBroken(reply)
    ? [`What cannot be had is invalid input (INVALID_INPUT); it answered ${describeReply(reply)}`]
    : [];

/** What the server did that nobody may make it do; every attack here looks for all of it. */
function whatWasReached(entries: WebEntry[]): string[] {
  return [
    ...entries
      .filter(({ inside }) => inside)
      .map(({ url, address }) => `The server connected to ${address} for ${url}.`),
    ...entries.filter(isElsewhere).map(({ url }) => `The server asked ${url}.`),
  ];
}

function isElsewhere({ url }: WebEntry): boolean {
  const { protocol, port, username, password } = new URL(url);
  return protocol !== 'https:' || port !== '' || username !== '' || password !== '';
}

/** Imports from each of these, and says where that has led. */
export async function importEach(
  lab: LabSession,
  urls: string[],
  mayServe = false,
): Promise<Findings> {
  const replies: LabReply[] = [];
  for (const url of urls) replies.push(await importFeed(lab, url));
  const breaches = whatWasReached(await asked(lab, replies));
  return {
    breaches,
    complaints: breaches.length > 0 || mayServe ? [] : replies.flatMap(complainUnlessRefused),
  };
}
