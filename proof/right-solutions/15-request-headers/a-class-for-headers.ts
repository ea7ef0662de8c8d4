import { isUtf8 } from 'node:buffer';
import type { RequireMatchingHeaders } from '../../../exercises/weather-server/controls.ts';
import { HeaderMismatchError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'A small class holds the headers, and says whether one of them says a value.';

class SentHeaders {
  readonly #headers: Readonly<Record<string, readonly string[] | undefined>>;
  constructor(headers: Readonly<Record<string, readonly string[] | undefined>>) {
    this.#headers = headers;
  }

  has(name: string): boolean {
    return this.#headers[name.toLowerCase()] !== undefined;
  }

  requireText(name: string, text: unknown): void {
    if (this.#only(name) !== text) throw new HeaderMismatchError(name);
  }

  requireValue(name: string, value: unknown): void {
    if ((value === undefined || value === null) && !this.has(name)) return;
    const text = this.#decoded(name);
    const fits = Number.isSafeInteger(value)
      ? /^-?(?:0|[1-9]\d*)(?:\.0+)?$/.test(text) && Number(text) === value
      : text === value;
    if (!fits) throw new HeaderMismatchError(name);
  }

  #only(name: string): string {
    const values = this.#headers[name.toLowerCase()] ?? [];
    const [value] = values;
    if (values.length !== 1 || value === undefined || !/^[\t\x20-\x7e]*$/.test(value)) {
      throw new HeaderMismatchError(name);
    }
    return value;
  }

  #decoded(name: string): string {
    const text = this.#only(name);
    if (!/^=\?base64\?.*\?=$/.test(text)) return text;
    const bytes = Buffer.from(text.slice(9, -2), 'base64');
    if (bytes.toString('base64') !== text.slice(9, -2) || !isUtf8(bytes)) {
      throw new HeaderMismatchError(name);
    }
    return bytes.toString('utf8');
  }
}

export const requireMatchingHeaders: RequireMatchingHeaders = ({ headers, body }, mirrored) => {
  const sent = new SentHeaders(headers);
  const { method, params } = body as { method: string; params?: Record<string, unknown> };
  sent.requireText('Mcp-Method', method);
  if (method === 'tools/call' || method === 'prompts/get')
    sent.requireValue('Mcp-Name', params?.name);
  if (method === 'resources/read') sent.requireValue('Mcp-Name', params?.uri);
  const args = params?.arguments as Record<string, unknown> | null | undefined;
  for (const { header, argument } of mirrored) sent.requireValue(header, args?.[argument]);
};
