import { expect, it } from 'vitest';
import type { TapeEntry } from '../../../exercises/weather-server/world/tape.ts';
import { describeTapeEntry } from './describe-tape-entry.ts';

const at = { requestId: 'r', at: 0 };

it.each<[TapeEntry, string]>([
  [{ ...at, kind: 'token', decision: 'refused', detail: 'no exp' }, 'token refused: no exp'],
  [
    { ...at, kind: 'limit', decision: 'refused', tool: 'get_weather', retryAfterMs: 1500 },
    'call refused: get_weather, again in 1.5 s',
  ],
  [
    { ...at, kind: 'tool', tool: 'get_weather', arguments: { city: 'Bern' }, subject: '' },
    'tool ran: get_weather({"city":"Bern"}) for nobody',
  ],
  [
    { ...at, kind: 'sql', sql: 'SELECT $1', parameters: ["x' --"], rows: 1 },
    'SQL: SELECT $1 with $1 = "x\' --" → 1 row',
  ],
  [
    { ...at, kind: 'shell', argv: ['ping -c 1 a; id'], shell: true, exitCode: 0 },
    'shell line: ping -c 1 a; id → exit code 0',
  ],
  [
    { ...at, kind: 'shell', argv: ['ping', 'a; id'], shell: false, exitCode: 2 },
    'program: ["ping","a; id"] → exit code 2',
  ],
  [
    { ...at, kind: 'file', operation: 'read', path: '/srv/a', resolved: '/etc/b' },
    'file read: /srv/a → /etc/b',
  ],
  [
    {
      ...at,
      kind: 'upstream',
      url: 'http://127.0.0.1:1/x',
      status: 200,
      expected: false,
      keyShown: true,
    },
    'contacted a stranger: http://127.0.0.1:1/x with the API key → 200',
  ],
  [
    { ...at, kind: 'opened', address: 'javascript:alert(1)', as: 'script' },
    'opened: javascript:alert(1) as a script',
  ],
  [
    { ...at, kind: 'opened', address: 'https://login.example/', as: 'page' },
    'opened: https://login.example/ in the browser',
  ],
  [
    {
      ...at,
      kind: 'sent',
      url: 'https://login.example/token',
      address: '93.184.215.14',
      carried: ['code=a', 'code_verifier=b'],
    },
    'sent: code=a, code_verifier=b to https://login.example/token at 93.184.215.14',
  ],
  [
    { ...at, kind: 'started', argv: ['sh', '-c', 'a b'], env: { A: 'b' }, asked: false },
    'started unasked: ["sh","-c","a b"] with {"A":"b"}',
  ],
  [{ ...at, kind: 'audit', line: '{"a":1}' }, 'audit line: {"a":1}'],
  [{ ...at, kind: 'fault', control: 'citySchema', message: 'threw' }, 'fault: citySchema: threw'],
])('describes %o', (entry, expected) => {
  const { label, detail } = describeTapeEntry(entry);
  expect(`${label}: ${detail}`).toBe(expected);
});
