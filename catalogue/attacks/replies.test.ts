import { describe, expect, test } from 'vitest';
import type { LabReply } from '../../lab/protocol.ts';
import { bearerParameters, complainAboutInvalidInput, readRateLimited } from './replies.ts';

describe('bearerParameters', () => {
  test.each([
    ['Bearer', {}],
    ['Bearer realm="mcp"', { realm: 'mcp' }],
    [
      'bearer error="invalid_token",resource_metadata="http://h/x"',
      { error: 'invalid_token', resource_metadata: 'http://h/x' },
    ],
    ['Bearer  a = "1" , b="2"', { a: '1', b: '2' }],
    ['Bearer scope="a b", error=invalid_token', { scope: 'a b', error: 'invalid_token' }],
    ['DPoP algs="ES256", Bearer resource_metadata="u"', { resource_metadata: 'u' }],
    [
      'Bearer error_description="say \\"no\\"", error="x"',
      { error_description: 'say "no"', error: 'x' },
    ],
  ])('reads %s', (header, expected) => {
    expect(bearerParameters(header)).toMatchObject(expected);
  });

  test.each([undefined, '', 'Basic realm="x"', 'Bearers x="1"'])(
    'finds no challenge in %s',
    (header) => {
      expect(bearerParameters(header)).toBeUndefined();
    },
  );
});

const reply = (status: number, json: unknown, headers: Record<string, string> = {}): LabReply => ({
  requestId: 'r',
  status,
  headers,
  text: JSON.stringify(json),
  json,
});
const toolError = (body: unknown) => ({
  result: { isError: true, content: [{ type: 'text', text: JSON.stringify(body) }] },
});

describe('readRateLimited', () => {
  const error = { code: 'RATE_LIMITED', retryable: true, retry_after_seconds: 7 };

  test.each([
    ['text, as in the module', reply(200, toolError({ error }))],
    ['text without the outer object', reply(200, toolError(error))],
    [
      'structured content',
      reply(200, { result: { isError: true, content: [], structuredContent: { error } } }),
    ],
    ['HTTP 429', reply(429, {}, { 'retry-after': '7' })],
  ])('takes %s', (_form, answer) => {
    expect(readRateLimited(answer)).toEqual({ retryAfter: 7, complaints: [] });
  });

  test.each([0, 61, 1.5, '7', null, undefined])('complains about a wait of %s', (seconds) => {
    const answer = reply(200, toolError({ error: { ...error, retry_after_seconds: seconds } }));
    expect(readRateLimited(answer)?.complaints).toHaveLength(1);
  });

  test('does not mistake another error for a refusal', () => {
    expect(
      readRateLimited(reply(200, toolError({ error: { code: 'INVALID_INPUT' } }))),
    ).toBeUndefined();
  });
});

test('invalid input may be refused in three ways, and in no other', () => {
  expect(complainAboutInvalidInput(reply(200, toolError('any text')))).toEqual([]);
  expect(complainAboutInvalidInput(reply(200, { error: { code: -32602 } }))).toEqual([]);
  expect(complainAboutInvalidInput(reply(400, undefined))).toEqual([]);
  expect(complainAboutInvalidInput(reply(500, {}))).toHaveLength(1);
  expect(complainAboutInvalidInput(reply(200, { result: { content: [] } }))).toHaveLength(1);
});
