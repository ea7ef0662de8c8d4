import type { RequireMatchingHeaders } from '../../../exercises/weather-server/controls.ts';
import { HeaderMismatchError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'All headers are looked at, and the first that does not fit is named.';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function read(text: string | undefined): string | undefined {
  if (text === undefined || /[^\t\x20-\x7e]/.test(text)) return undefined;
  const inner = text.match(/^=\?base64\?(.*)\?=$/)?.[1];
  if (inner === undefined) return text;
  const bytes = Buffer.from(inner, 'base64');
  if (bytes.toString('base64') !== inner) return undefined;
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

export const requireMatchingHeaders: RequireMatchingHeaders = ({ headers, body }, mirrored) => {
  const { method, params } = body as {
    method: string;
    params: { name?: string; uri?: string; arguments?: Record<string, unknown> };
  };
  const single = (name: string) => {
    const values = headers[name] ?? [];
    return values.length < 2 ? values[0] : '\x7f';
  };
  const said = new Map<string, [string | undefined, unknown]>();
  said.set('Mcp-Method', [single('mcp-method'), method]);
  const named = {
    'tools/call': params.name,
    'prompts/get': params.name,
    'resources/read': params.uri,
  };
  if (method in named) {
    said.set('Mcp-Name', [read(single('mcp-name')), named[method as keyof typeof named]]);
  }
  for (const { header, argument } of mirrored) {
    const value = params.arguments?.[argument] ?? undefined;
    const text = single(header.toLowerCase());
    const isWhole = typeof value === 'number' && /^-?\d+\.0+$/.test(text ?? '');
    const plain = isWhole ? String(text).replace(/\.0+$/, '') : read(text);
    said.set(header, [plain, value === undefined ? undefined : String(value)]);
  }
  const wrong = [...said].find(([, [header, value]]) => header !== value);
  if (wrong) throw new HeaderMismatchError(wrong[0]);
};
