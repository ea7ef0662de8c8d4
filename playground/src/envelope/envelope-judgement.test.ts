import { expect, it } from 'vitest';
import type { StudyRecord } from '../../../studies/envelope/shared.ts';
import {
  bytesOf,
  judgeEnvelope,
  judgeRecord,
  markChanges,
  sharedBytes,
} from './envelope-judgement.ts';

const identity = { recordId: 'cred-1', owner: 'alice', provider: 'weather' };
const record = (own: Partial<StudyRecord>): StudyRecord => ({
  owner: 'alice',
  sealedAs: identity,
  openedAs: identity,
  kekVersion: 'v1',
  members: [],
  tampered: false,
  keyGone: false,
  refusals: [],
  expected: 'key',
  opened: { value: 'key' },
  ...own,
});

it.each([
  [{}, 'Opens'],
  [{ tampered: true }, 'Opens, unnoticed'],
  [{ tampered: true, opened: { refused: 'no' } }, 'Refused'],
  [{ opened: { refused: 'no' } }, 'Does not open'],
  [{ opened: { refused: 'no' }, keyGone: true }, 'Lost with its key'],
  [{ keyGone: true }, 'Opens without its key'],
  [{ opened: { value: 'kex' } }, 'Opens as another text'],
  [{ opened: undefined }, 'Never sealed'],
] satisfies [Partial<StudyRecord>, string][])('judges %j', (own, word) => {
  expect(judgeRecord(record(own)).word).toBe(word);
});

it('sums up a target by the worst of it', () => {
  const judge = (records: StudyRecord[], reuse: string[] = []) =>
    judgeEnvelope({
      type: 'study',
      target: 'yours',
      milliseconds: 1,
      study: { records, reuse, faults: [] },
    }).word;
  const refused = record({ tampered: true, opened: { refused: 'no' } });
  expect(judge([record({}), refused])).toBe('Refused');
  expect(judge([refused, record({ tampered: true })])).toBe('Opens, unnoticed');
  expect(judge([record({}), record({})], ['Shared.'])).toBe('Opens, but reuses keys or IVs');
  expect(judge([record({}), record({})])).toBe('Opens');
});

it('marks the characters that changed', () => {
  expect(markChanges('wk-`li', 'wk-ali')).toEqual([
    { text: 'wk-', changed: false },
    { text: '`', changed: true },
    { text: 'li', changed: false },
  ]);
});

it('finds shared bytes, and takes short runs for chance', () => {
  expect(bytesOf('0aff')).toEqual(['0a', 'ff']);
  expect(sharedBytes(bytesOf('0011223344'), bytesOf('0011223399'))).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
  expect(sharedBytes(bytesOf('001122'), bytesOf('001122'))).not.toContain(true);
});
