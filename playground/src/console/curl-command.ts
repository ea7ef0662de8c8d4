import type { Exchange, Replay } from '../../../lab/protocol.ts';
import { isPlain, printf, quote } from './posix-quote.ts';

/** A command for a POSIX shell, or why there is none. */
export type CurlCommand = { command: string } | { problem: string };

/** What a client may not set for itself; the guard before the target puts it in place. */
const guarded: Record<string, string> = {
  host: 'x-lab-host',
  origin: 'x-lab-origin',
  'x-forwarded-for': 'x-lab-xff',
  'sec-fetch-site': 'x-lab-fetch-site',
};
/** What curl sends of its own accord. */
const curlsOwn = ['accept', 'user-agent', 'content-type'];
/** A single argument may be 128 KiB long on Linux; in the pipe there is no limit. */
const LONGEST_ARGUMENT = 30_000;

/** The request of an exchange as curl sends it to the same server. */
export function curlCommand(
  { request, requestId }: Exchange,
  { origin, ticket }: Replay,
): CurlCommand {
  const { method, path, headers, body, more, sendBody } = request;
  if (more !== undefined) return { problem: 'The body is too long to be copied.' };
  if (sendBody === 'deflate' || sendBody === 'br') {
    return { problem: `The body was compressed (${sendBody}), which a shell cannot do by itself.` };
  }
  const isSimplePath = /^\/[\w\-.~!$&'()*+,;=:@%/?]*$/.test(path) && !/\/\.\.?(\/|\?|$)/.test(path);
  const piped =
    body !== '' && (!isPlain(body) || body.length > LONGEST_ARGUMENT || sendBody === 'gzip');
  const sent = Object.entries(headers).map(([name, value]) => [guarded[name] ?? name, value]);
  const names = new Set(Object.keys(headers));
  const lines = [
    // A proxy would see the ticket and could not reach this machine anyway.
    "curl --silent --show-error --include --noproxy '*'",
    ...methodArguments(method, body),
    ...(isSimplePath ? [] : [`--request-target ${word(path)}`]),
    quote(isSimplePath ? `${origin}${path}` : origin),
    `-H ${quote(`x-lab-ticket: ${ticket}`)}`,
    `-H ${quote(`x-lab-request: ${requestId}-by-hand`)}`,
    ...sent.map(([name = '', value = '']) => `-H ${headerWord(name, value)}`),
    ...curlsOwn.filter((name) => !names.has(name)).map((name) => `-H '${name}:'`),
    ...bodyArguments(method, body, piped),
  ];
  const before = piped
    ? `${printf(new TextEncoder().encode(body))} |${sendBody === 'gzip' ? ' gzip -c |' : ''} `
    : '';
  return { command: before + lines.join(' \\\n  ') };
}

function methodArguments(method: string, body: string): string[] {
  if (method === 'HEAD') return ['--head'];
  const implied = body === '' ? 'GET' : 'POST';
  return method === implied ? [] : [`-X ${quote(method)}`];
}

function bodyArguments(method: string, body: string, piped: boolean): string[] {
  if (piped) return ['--data-binary @-'];
  if (body !== '') return [`--data-raw ${quote(body)}`];
  // Like the lab, which says that there is nothing.
  return ['POST', 'PUT', 'PATCH'].includes(method) ? ["--data-raw ''"] : [];
}

/** With a semicolon curl sends a header that is empty; with a colon it would send none. */
const headerWord = (name: string, value: string): string =>
  value === '' ? quote(`${name};`) : word(`${name}: ${value}`, 'latin1');

/**
 * As one word. What is not plain ASCII is written byte by byte: header values and paths go out in
 * an encoding of their own, one byte for each character.
 */
function word(text: string, encoding: 'latin1' | 'utf8' = 'utf8'): string {
  if (/^[\x20-\x7e]*$/.test(text)) return quote(text);
  const bytes =
    encoding === 'utf8'
      ? new TextEncoder().encode(text)
      : Uint8Array.from(text, (character) => character.charCodeAt(0));
  return `"$(${printf(bytes)})"`;
}
