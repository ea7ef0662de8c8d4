/** For tests: what might have been seen, written down. */
import { type Answer, type Probe, type Seen, allSilent } from './seen.ts';
import type { Reply } from './polite-client.ts';

export const reply = (
  status: number,
  body: string | object = '',
  headers: Record<string, string> = {},
): Reply => ({
  kind: 'reply',
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
  isCut: false,
});

export const result = (value: object, headers: Record<string, string> = {}): Reply =>
  reply(200, { jsonrpc: '2.0', id: 1, result: value }, headers);

export const error = (status: number, code: number, data?: object): Reply =>
  reply(status, { jsonrpc: '2.0', id: 1, error: { code, message: 'no', data } });

export function seenWith(
  answers: Partial<Record<Probe, Answer>>,
  more: Partial<Omit<Seen, 'answers'>> = {},
): Seen {
  return {
    url: new URL('https://weather.example/mcp'),
    isLoopback: false,
    certificate: { kind: 'valid', lasts: 90, left: 60 },
    token: 'none',
    ...more,
    answers: { ...allSilent('It was not asked.'), ...answers },
  };
}
