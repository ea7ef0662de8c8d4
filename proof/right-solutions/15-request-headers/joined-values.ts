import type { RequireMatchingHeaders } from '../../../exercises/weather-server/controls.ts';
import { HeaderMismatchError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'Several values are joined as HTTP joins them, and then fit nothing.';

function decode(value: string): string {
  if (!value.startsWith('=?base64?') || !value.endsWith('?=')) {
    return /^[\t\x20-\x7e]*$/.test(value) ? value : '\0';
  }
  const binary = atob(value.slice(9, -2));
  if (btoa(binary) !== value.slice(9, -2)) throw new Error('Base64 is written in one way.');
  const bytes = Uint8Array.from(binary, (one) => one.codePointAt(0) ?? 0);
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

export const requireMatchingHeaders: RequireMatchingHeaders = ({ headers, body }, mirrored) => {
  const { method, params = {} } = body as { method: string; params?: Record<string, unknown> };
  const args = (params.arguments ?? {}) as Record<string, unknown>;
  const wanted: [string, unknown][] = [
    ...(['tools/call', 'prompts/get'].includes(method) ? [['Mcp-Name', params.name] as const] : []),
    ...(method === 'resources/read' ? [['Mcp-Name', params.uri] as const] : []),
    ...mirrored.map(({ header, argument }) => [header, args[argument]] as const),
  ].map(([header, value]) => [header, value]);
  const joined = (header: string): string | undefined => headers[header.toLowerCase()]?.join(', ');
  if (joined('Mcp-Method') !== method) throw new HeaderMismatchError('Mcp-Method');
  for (const [header, value] of wanted) {
    const text = joined(header);
    if (text === undefined && (value === undefined || value === null)) continue;
    let said: string | undefined;
    try {
      said = text === undefined ? undefined : decode(text);
    } catch {
      throw new HeaderMismatchError(header);
    }
    if (said !== String(value)) throw new HeaderMismatchError(header);
  }
};
