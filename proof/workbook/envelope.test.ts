/** The envelope bench against known vaults. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../studies/envelope/shared.ts';
import { runEnvelopeStudy } from '../../studies/envelope/run-envelope-study.ts';
import { Lab } from '../../lab/lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.open();
});
afterAll(() => lab.close());

const texts = { alice: 'wk-alice-0123456789', bob: 'wk-bob-9876543210-xyz' };
const bench = (kind: 'baseline' | 'reference', operations: Operation[] = []) =>
  lab.study({ kind }, (session) => runEnvelopeStudy(session, texts, operations));

test('untouched records open, also after a rotation', async () => {
  for (const operations of [[], [{ kind: 'rewrap' }, { kind: 'drop-v1' }]] as Operation[][]) {
    const { records, faults } = await bench('baseline', operations);
    expect(faults).toEqual([]);
    expect(records.map(({ opened }) => opened)).toEqual([
      { value: texts.alice },
      { value: texts.bob },
    ]);
    expect(records.map(({ tampered, keyGone }) => tampered || keyGone)).toEqual([false, false]);
  }
});

test('the insecure vault opens changed records, and shares keys and IVs', async () => {
  const { records, reuse } = await bench('baseline', [
    { kind: 'flip', record: 'alice', member: 'iv', index: 3 },
    { kind: 'swap', what: 'label' },
  ]);
  expect(records[0]?.opened).toEqual({ value: 'wk-`lice-0123456789' });
  expect(records[0]?.tampered).toBe(true);
  expect(records[1]?.opened).toEqual({ value: texts.bob });
  expect(records[1]?.openedAs.owner).toBe('alice');
  expect(reuse).toContain('Both texts are encrypted under the same IV.');
});

describe('the reference', () => {
  const operations: Operation[] = [
    ...(['encryptedDek', 'dekIv', 'dekTag', 'encrypted', 'iv', 'tag'] as const).map(
      (member) => ({ kind: 'flip', record: 'alice', member, index: 0 }) as const,
    ),
    ...(['record', 'dek', 'ciphertext', 'label'] as const).map(
      (what) => ({ kind: 'swap', what }) as const,
    ),
    { kind: 'cut', record: 'alice', member: 'tag', bytes: 4 },
    { kind: 'cut', record: 'alice', member: 'dekTag', bytes: 0 },
  ];
  test.each(operations.map((operation) => [JSON.stringify(operation), operation] as const))(
    'refuses to open after %s',
    async (_name, operation) => {
      const { records, reuse } = await bench('reference', [operation]);
      expect(records[0]?.opened).toHaveProperty('refused');
      expect(reuse).toEqual([]);
    },
  );

  test('wraps the key anew and leaves the ciphertext', async () => {
    const { records } = await bench('reference', [{ kind: 'rewrap' }, { kind: 'drop-v1' }]);
    for (const { members, opened, expected } of records) {
      expect(opened).toEqual({ value: expected });
      for (const { name, sealed, now } of members) {
        expect(now === sealed, name).toBe(['encrypted', 'iv', 'tag'].includes(name));
      }
    }
  });
});
