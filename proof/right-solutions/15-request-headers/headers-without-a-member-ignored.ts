import type { RequireMatchingHeaders } from '../../../exercises/weather-server/controls.ts';
import { HeaderMismatchError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'A header whose argument the body lacks is ignored, as the SDK does.';

/** Of the text of a header; what is broken, or not there, says nothing. */
function decode(text: string | undefined): string | undefined {
  const base64 = text === undefined ? undefined : /^=\?base64\?(.*)\?=$/.exec(text)?.[1];
  if (base64 === undefined) return text && /^[\t\x20-\x7e]*$/.test(text) ? text : undefined;
  const said = Buffer.from(base64, 'base64').toString();
  return Buffer.from(said).toString('base64') === base64 ? said : undefined;
}

export const requireMatchingHeaders: RequireMatchingHeaders = ({ headers, body }, mirrored) => {
  const { method, params } = body as {
    method: string;
    params: { name?: unknown; uri?: unknown; arguments?: Record<string, unknown> | null };
  };
  const one = (name: string): string | undefined => {
    const values = headers[name.toLowerCase()];
    return values?.length === 1 ? values[0] : undefined;
  };
  if (one('Mcp-Method') !== method) throw new HeaderMismatchError('Mcp-Method');
  const name = method === 'resources/read' ? params.uri : params.name;
  if (/^(tools\/call|prompts\/get|resources\/read)$/.test(method) && name !== undefined) {
    if (decode(one('Mcp-Name')) !== name) throw new HeaderMismatchError('Mcp-Name');
  }
  for (const { header, argument, type } of mirrored) {
    const value = params.arguments?.[argument];
    if (value === undefined || value === null) continue;
    const text = decode(one(header));
    const number = type === 'integer' && typeof value === 'number';
    const fits =
      number && /^-?(0|[1-9][0-9]*)(\.0+)?$/.test(text ?? '')
        ? Number.isSafeInteger(value) && Number(text) === value
        : text === String(value);
    if (!fits) throw new HeaderMismatchError(header);
  }
};
