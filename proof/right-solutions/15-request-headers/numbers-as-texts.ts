import type {
  MirroredArgument,
  RequireMatchingHeaders,
} from '../../../exercises/weather-server/controls.ts';
import { HeaderMismatchError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'Numbers are compared as JavaScript writes them, which is how clients do.';

function requireThat(isSo: boolean, header: string): asserts isSo {
  if (!isSo) throw new HeaderMismatchError(header);
}

const ENCODED = /^=\?base64\?(?<base64>.*)\?=$/;

function textOf(header: string, [value, ...more]: readonly string[] = []): string {
  requireThat(value !== undefined && more.length === 0, header);
  const base64 = ENCODED.exec(value)?.groups?.base64;
  if (base64 !== undefined) {
    const said = Buffer.from(base64, 'base64').toString('utf8');
    requireThat(Buffer.from(said, 'utf8').toString('base64') === base64, header);
    return said;
  }
  requireThat(/^[\t -~]*$/.test(value), header);
  return value;
}

const isThere = (value: unknown): boolean => value !== undefined && value !== null;

export const requireMatchingHeaders: RequireMatchingHeaders = ({ headers, body }, mirrored) => {
  const message = body as { method: string; params: Record<string, unknown> };
  const methods = headers['mcp-method'] ?? [];
  requireThat(methods.length === 1 && methods[0] === message.method, 'Mcp-Method');
  const args = message.params.arguments as Record<string, unknown> | null | undefined;
  const compare = ({ header }: Pick<MirroredArgument, 'header'>, value: unknown): void => {
    const sent = headers[header.toLowerCase()];
    if (!sent && !isThere(value)) return;
    requireThat(textOf(header, sent) === String(value), header);
  };
  switch (message.method) {
    case 'tools/call':
    case 'prompts/get':
      compare({ header: 'Mcp-Name' }, message.params.name);
      break;
    case 'resources/read':
      compare({ header: 'Mcp-Name' }, message.params.uri);
      break;
    default:
  }
  for (const one of mirrored) compare(one, args?.[one.argument]);
};
