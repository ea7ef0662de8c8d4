import type { RequireMatchingHeaders } from '../../../exercises/weather-server/controls.ts';
import { HeaderMismatchError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'Both sides are brought into base64, and compared there.';

/** Of half a pair of surrogates there is no UTF-8, and so no base64. */
function inBase64(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  return bytes.toString('utf8') === text ? bytes.toString('base64') : '(no UTF-8)';
}

function headerInBase64(text: string): string {
  if (text.startsWith('=?base64?') && text.endsWith('?=') && text.length >= 11) {
    return text.slice('=?base64?'.length, -'?='.length);
  }
  return /^[ -~]*$/.test(text) ? inBase64(text) : '(not ASCII)';
}

export const requireMatchingHeaders: RequireMatchingHeaders = ({ headers, body }, mirrored) => {
  const { method, params } = body as { method: string; params: Record<string, unknown> };
  const check = (header: string, value: unknown): void => {
    const values = headers[header.toLowerCase()] ?? [];
    const isAbsent = value === undefined || value === null;
    if (isAbsent && values.length === 0) return;
    const [text] = values;
    if (isAbsent || values.length > 1 || text === undefined) throw new HeaderMismatchError(header);
    const tidy = typeof value === 'number' ? text.replace(/^(-?[1-9]\d*)\.0+$/, '$1') : text;
    if (headerInBase64(tidy) !== inBase64(String(value))) throw new HeaderMismatchError(header);
  };
  if (headers['mcp-method']?.join('\n') !== method) throw new HeaderMismatchError('Mcp-Method');
  const member = new Map([
    ['tools/call', params.name],
    ['prompts/get', params.name],
    ['resources/read', params.uri],
  ]);
  if (member.has(method)) check('Mcp-Name', member.get(method));
  for (const { header, argument } of mirrored) {
    check(header, (params.arguments as Record<string, unknown> | null | undefined)?.[argument]);
  }
};
