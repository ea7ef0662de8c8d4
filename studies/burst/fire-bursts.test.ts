import { expect, test } from 'vitest';
import type { LabReply } from '../../lab/protocol.ts';
import { readCalls } from './fire-bursts.ts';

const reply = (requestId: string, text = ''): LabReply => ({
  requestId,
  status: 200,
  headers: {},
  text,
  json: undefined,
});
const refusal = JSON.stringify({ text: JSON.stringify({ error: { retry_after_seconds: 12 } }) });

test('the tape decides what became of a call, and the answer only when to try again', () => {
  const sent = [reply('a'), reply('b', refusal), reply('c'), reply('d', refusal)].map(
    (answer, burst) => ({ burst, instance: burst % 3, sentAt: 5000, reply: answer }),
  );
  const calls = readCalls(
    sent,
    [
      { kind: 'limit', decision: 'allowed', tool: 't', requestId: 'a', at: 1010 },
      { kind: 'tool', tool: 't', arguments: {}, subject: 's', requestId: 'a', at: 1020 },
      {
        kind: 'limit',
        decision: 'refused',
        tool: 't',
        retryAfterMs: 9,
        requestId: 'b',
        at: 1030,
      },
      { kind: 'tool', tool: 't', arguments: {}, subject: 's', requestId: 'd', at: 1040 },
    ],
    1000,
  );
  expect(calls).toEqual([
    { burst: 0, instance: 0, at: 10, fate: 'ran' },
    { burst: 1, instance: 1, at: 30, fate: 'refused', retryAfterSeconds: 12 },
    { burst: 2, instance: 2, at: 4000, fate: 'neither' },
    { burst: 3, instance: 0, at: 40, fate: 'ran' },
  ]);
});
