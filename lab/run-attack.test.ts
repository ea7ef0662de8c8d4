import { expect, test } from 'vitest';
import { NO_ANSWER_IN_TIME, type Exchange } from './protocol.ts';
import { unanswered } from './run-attack.ts';

const exchange = (label: string, failure?: string): Exchange => ({
  role: 'attack',
  label,
  requestId: label,
  request: { method: 'GET', path: '/', headers: {}, body: '' },
  response: { status: 0, headers: {}, body: '', ...(failure && { failure, waitedMs: 24_120 }) },
});

test('time that ran out is told as that: what was waited for, and how long', () => {
  const first = exchange('call 3', NO_ANSWER_IN_TIME);
  expect(unanswered([exchange('answered'), first])).toEqual([
    'Too slow to tell: after 24.1 s the request “call 3” had no answer.',
  ]);
  expect(unanswered([first, exchange('call 4', NO_ANSWER_IN_TIME)])).toEqual([
    'Too slow to tell: after 24.1 s the request “call 3” had no answer, nor had 1 others.',
  ]);
  expect(unanswered([exchange('gone', 'socket hang up')])).toEqual([]);
});
