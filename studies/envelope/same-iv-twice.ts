/** A demonstration that asks no target: one key and one IV for two texts, under AES-256-GCM. */
import { createCipheriv, randomBytes } from 'node:crypto';
import type { Owner, SameIvTwice } from './shared.ts';

/**
 * GCM encrypts by XOR with a stream that depends on key and IV alone. The same two give the same
 * stream, which falls out of the XOR of both ciphertexts (NIST SP 800-38D, appendix A).
 */
export function encryptUnderSameIv(texts: Record<Owner, string>): SameIvTwice {
  const key = randomBytes(32);
  const iv = randomBytes(12);
  const encrypt = (text: string): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  };
  const [alice, bob] = [encrypt(texts.alice), encrypt(texts.bob)];
  const plain = { alice: Buffer.from(texts.alice), bob: Buffer.from(texts.bob) };
  const xorOfCiphertexts = xor(alice, bob);
  return {
    texts: { alice: plain.alice.toString('hex'), bob: plain.bob.toString('hex') },
    ciphertexts: { alice: alice.toString('hex'), bob: bob.toString('hex') },
    xorOfCiphertexts: xorOfCiphertexts.toString('hex'),
    xorOfTexts: xor(plain.alice, plain.bob).toString('hex'),
    recovered: xor(xorOfCiphertexts, plain.alice).toString('hex'),
  };
}

/** As long as the shorter of the two. */
const xor = (one: Buffer, other: Buffer): Buffer =>
  Buffer.from(one.subarray(0, other.length).map((byte, index) => byte ^ (other[index] ?? 0)));
