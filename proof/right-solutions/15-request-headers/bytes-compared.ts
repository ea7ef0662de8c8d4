import type { RequireMatchingHeaders } from '../../../exercises/weather-server/controls.ts';
import { HeaderMismatchError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'Header and body are both turned into bytes, and the bytes compared.';

const bytesOf = (header: string): Buffer | undefined => {
  const encoded = /^=\?base64\?(.*)\?=$/.exec(header)?.[1];
  if (encoded !== undefined) {
    const bytes = Buffer.from(encoded, 'base64');
    return bytes.toString('base64') === encoded ? bytes : undefined;
  }
  return /[^\t -~]/.test(header) ? undefined : Buffer.from(header, 'ascii');
};

export const requireMatchingHeaders: RequireMatchingHeaders = ({ headers, body }, mirrored) => {
  const { method, params } = body as { method: string; params?: Record<string, unknown> };
  const check = (name: string, value: unknown, isEncodable = true): void => {
    const values = headers[name.toLowerCase()] ?? [];
    if (values.length === 0 && (value ?? undefined) === undefined) return;
    const [text = ''] = values;
    const bytes = isEncodable ? bytesOf(text) : Buffer.from(text, 'latin1');
    const isInteger = typeof value === 'number' && /^-?[1-9]\d*\.0+$/.test(text);
    const wanted = Buffer.from(String(value), 'utf8');
    // Half a pair of surrogates has no bytes of its own.
    const hasBytes = wanted.toString('utf8') === String(value);
    const isSame = isInteger ? Number(text) === value : hasBytes && bytes?.equals(wanted);
    if (values.length !== 1 || isSame !== true) throw new HeaderMismatchError(name);
  };
  check('Mcp-Method', method, false);
  if (method === 'tools/call' || method === 'prompts/get') check('Mcp-Name', params?.name);
  if (method === 'resources/read') check('Mcp-Name', params?.uri);
  const args = (params?.arguments ?? {}) as Record<string, unknown>;
  for (const { header, argument } of mirrored) check(header, args[argument]);
};
