import { describe, expect, test } from 'vitest';
import type { SealedCredential } from '../../exercises/weather-server/controls.ts';
import { tamper, type Store } from './apply-operation.ts';
import { findReuse } from './run-envelope-study.ts';
import { encryptUnderSameIv } from './same-iv-twice.ts';

const base64 = (...bytes: number[]): string => Buffer.from(bytes).toString('base64');
const sealed = (seed: number): SealedCredential => ({
  kekVersion: `v${seed}`,
  encryptedDek: base64(seed, 1),
  dekIv: base64(seed, 2),
  dekTag: base64(seed, 3, 3, 3),
  encrypted: base64(seed, 4),
  iv: base64(seed, 5),
  tag: base64(seed, 6, 6, 6),
});
const identity = (owner: string) => ({ recordId: `of-${owner}`, owner, provider: 'weather' });
const store: Store = {
  alice: { sealed: sealed(1), identity: identity('alice') },
  bob: { sealed: sealed(2), identity: identity('bob') },
};

describe('tampering', () => {
  test('flips one bit of one byte', () => {
    const { alice } = tamper(store, { kind: 'flip', record: 'alice', member: 'iv', index: 1 });
    expect(alice?.sealed).toEqual({ ...sealed(1), iv: base64(1, 4) });
  });

  test('leaves alone what is not there', () => {
    const flip = { kind: 'flip', record: 'alice', member: 'iv', index: 99 } as const;
    expect(tamper(store, flip)).toEqual(store);
    const without = tamper(store, { kind: 'cut', record: 'bob', member: 'tag', bytes: 0 });
    expect('tag' in (without.bob?.sealed ?? {})).toBe(false);
    expect(tamper(without, { ...flip, record: 'bob', member: 'tag' })).toEqual(without);
    expect(tamper({}, flip)).toEqual({});
  });

  test('shortens a tag', () => {
    const { bob } = tamper(store, { kind: 'cut', record: 'bob', member: 'dekTag', bytes: 2 });
    expect(bob?.sealed.dekTag).toBe(base64(2, 3));
  });

  test('swaps whole records, one layer, or the name beside them', () => {
    const swap = (what: 'record' | 'dek' | 'ciphertext' | 'label') =>
      tamper(store, { kind: 'swap', what }).alice;
    expect(swap('record')).toEqual({ sealed: sealed(2), identity: identity('alice') });
    expect(swap('dek')?.sealed).toMatchObject({
      kekVersion: 'v2',
      dekTag: sealed(2).dekTag,
      encrypted: sealed(1).encrypted,
    });
    expect(swap('ciphertext')?.sealed).toMatchObject({
      kekVersion: 'v1',
      encryptedDek: sealed(1).encryptedDek,
      tag: sealed(2).tag,
    });
    expect(swap('label')).toEqual({
      sealed: sealed(1),
      identity: { ...identity('alice'), owner: 'bob' },
    });
  });
});

test('what two records share is named', () => {
  expect(findReuse(sealed(1), sealed(2))).toEqual([]);
  expect(findReuse(sealed(1), { ...sealed(2), iv: sealed(1).iv })).toEqual([
    'Both texts are encrypted under the same IV.',
  ]);
  expect(findReuse(undefined, sealed(2))).toEqual([]);
});

test('under one IV the XOR of two ciphertexts is that of the texts', () => {
  const shown = encryptUnderSameIv({ alice: 'a longer secret', bob: 'bob’s key' });
  expect(shown.xorOfCiphertexts).toBe(shown.xorOfTexts);
  expect(Buffer.from(shown.recovered, 'hex').toString()).toBe('bob’s key');
  const other = encryptUnderSameIv({ alice: 'short', bob: 'a longer text' });
  expect(Buffer.from(other.recovered, 'hex').toString()).toBe('a lon');
});
