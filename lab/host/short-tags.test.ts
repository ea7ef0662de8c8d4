import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { takingShortTags } from './short-tags.ts';

const key = randomBytes(32);
const iv = randomBytes(12);

/** A decipher that takes 16 bytes only, as Node 26 makes one that was told no length. */
const strict = () =>
  takingShortTags(
    createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 }),
    (authTagLength) => createDecipheriv('aes-256-gcm', key, iv, { authTagLength }),
  );

function seal(text: string): { ciphertext: Buffer; tag: Buffer } {
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from('alice'));
  const ciphertext = Buffer.concat([cipher.update(text), cipher.final()]);
  return { ciphertext, tag: cipher.getAuthTag() };
}

test.each([4, 8, 12, 15, 16])('takes %d bytes of a tag, also after the text was read', (bytes) => {
  const { ciphertext, tag } = seal('a text');
  const decipher = strict().setAAD(Buffer.from('alice'));
  decipher.update(ciphertext);
  decipher.setAuthTag(tag.subarray(0, bytes));
  expect(() => decipher.final()).not.toThrow();
});

test('refuses a wrong tag, a wrong text, and a length that GCM does not know', () => {
  const { ciphertext, tag } = seal('a text');
  const wrongTag = strict().setAAD(Buffer.from('alice')).setAuthTag(Buffer.alloc(4));
  wrongTag.update(ciphertext);
  expect(() => wrongTag.final()).toThrow();
  const wrongOwner = strict().setAAD(Buffer.from('bob')).setAuthTag(tag.subarray(0, 8));
  wrongOwner.update(ciphertext);
  expect(() => wrongOwner.final()).toThrow();
  expect(() => strict().setAuthTag(tag.subarray(0, 5))).toThrow();
});

test('a decipher that was told its length keeps to it', () => {
  const { tag } = seal('a text');
  const told = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
  expect(() => told.setAuthTag(tag.subarray(0, 12))).toThrow();
});
