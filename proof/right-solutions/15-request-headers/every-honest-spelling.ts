import type {
  MirroredArgument,
  RequireMatchingHeaders,
  SentMessage,
} from '../../../exercises/weather-server/controls.ts';
import { HeaderMismatchError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'What the body says is written as a client would write it, in each form that is allowed.';

/** Every way in which an honest client may write a value. */
function spellingsOf(value: unknown): Set<string> {
  const text = String(value);
  const bytes = Buffer.from(text, 'utf8');
  // Half a pair of surrogates cannot be written at all.
  if (bytes.toString('utf8') !== text) return new Set();
  const encoded = `=?base64?${bytes.toString('base64')}?=`;
  const looksEncoded = text.startsWith('=?base64?') && text.endsWith('?=');
  const isPlain = /^[!-~]([\t -~]*[!-~])?$/.test(text) && !looksEncoded;
  const withPoint = Number.isInteger(value) ? [`${text}.0`] : [];
  return new Set([encoded, ...withPoint, ...(isPlain ? [text] : [])]);
}

const MEMBERS = { 'tools/call': 'name', 'prompts/get': 'name', 'resources/read': 'uri' } as const;

function* expectedOf(
  { body }: SentMessage,
  mirrored: readonly MirroredArgument[],
): Generator<[string, Set<string> | undefined]> {
  const { method, params } = body as { method: string; params?: Record<string, unknown> };
  yield ['Mcp-Method', new Set([method])];
  const member = Object.entries(MEMBERS).find(([named]) => named === method)?.[1];
  const values: [string, unknown][] = mirrored.map(({ header, argument }) => [
    header,
    (params?.arguments as Record<string, unknown> | null | undefined)?.[argument],
  ]);
  if (member) values.unshift(['Mcp-Name', params?.[member]]);
  for (const [header, value] of values) {
    yield [header, value === undefined || value === null ? undefined : spellingsOf(value)];
  }
}

export const requireMatchingHeaders: RequireMatchingHeaders = (sent, mirrored) => {
  for (const [header, allowed] of expectedOf(sent, mirrored)) {
    const values = sent.headers[header.toLowerCase()] ?? [];
    const fits = allowed
      ? values.length === 1 && allowed.has(values[0] ?? '')
      : values.length === 0;
    if (!fits) throw new HeaderMismatchError(header);
  }
};
