import type { RequireMatchingHeaders } from '../../../exercises/weather-server/controls.ts';
import { HeaderMismatchError } from '../../../exercises/weather-server/errors.ts';

export const idea = 'What a header says is written down again, and has to be what was sent.';

type Reading = (text: string) => unknown;

const START = '=?base64?';
const END = '?=';
const isPlain = (text: string): boolean =>
  Array.from(text).every((one) => one === '\t' || (one >= ' ' && one <= '~'));

const plain: Reading = (text) => (isPlain(text) ? text : undefined);

const value: Reading = (text) => {
  if (!text.startsWith(START) || !text.endsWith(END) || text.length < START.length + END.length) {
    return plain(text);
  }
  const said = Buffer.from(text.slice(START.length, -END.length), 'base64').toString('utf8');
  return `${START}${Buffer.from(said, 'utf8').toString('base64')}${END}` === text
    ? said
    : undefined;
};

const integer: Reading = (text) => {
  const said = value(text);
  if (typeof said !== 'string') return undefined;
  const [whole = '', tenths, ...more] = said.split('.');
  const hasTenths = tenths !== undefined;
  if (more.length > 0 || (hasTenths && !(tenths !== '' && tenths.replaceAll('0', '') === ''))) {
    return undefined;
  }
  const number = Number.parseInt(whole, 10);
  return Number.isSafeInteger(number) && String(number) === whole ? number : undefined;
};

export const requireMatchingHeaders: RequireMatchingHeaders = ({ headers, body }, mirrored) => {
  const { method, params = {} } = body as { method: string; params?: Record<string, unknown> };
  const requireSaid = (header: string, expected: unknown, read: Reading): void => {
    const sent = headers[header.toLowerCase()] ?? [];
    const [said, ...more] = sent.map((text) => read(text));
    if (said === undefined || more.length > 0 || said !== expected) {
      throw new HeaderMismatchError(header);
    }
  };
  requireSaid('Mcp-Method', method, plain);
  if (method === 'resources/read') requireSaid('Mcp-Name', params.uri, value);
  if (/^(?:tools\/call|prompts\/get)$/.test(method)) requireSaid('Mcp-Name', params.name, value);
  const given = new Map(Object.entries(params.arguments ?? {}));
  for (const { header, argument, type } of mirrored) {
    const expected: unknown = given.get(argument) ?? undefined;
    if (expected === undefined) continue;
    requireSaid(header, expected, type === 'integer' ? integer : value);
  }
};
