import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type {
  CreateLineSealer,
  VerifyMergedLines,
} from '../../../exercises/weather-server/controls.ts';

export const idea =
  'The tag of AES-GCM is the seal: nothing is encrypted, and start, number and line are what it authenticates.';

interface Sealed {
  line: string;
  start: string;
  number: number;
  iv: string;
  tag: string;
}

const aad = ({ line, start, number }: Pick<Sealed, 'line' | 'start' | 'number'>): Buffer =>
  Buffer.from(JSON.stringify([start, number, line]));

export const createLineSealer: CreateLineSealer = (chainKey) => {
  const start = randomBytes(16).toString('hex');
  let number = 0;
  return (line) => {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', chainKey, iv);
    cipher.setAAD(aad({ line, start, number })).final();
    const tag = cipher.getAuthTag().toString('hex');
    return JSON.stringify({ number: number++, start, line, iv: iv.toString('hex'), tag });
  };
};

function isSealed(text: string, chainKey: Buffer, next: Map<string, number>): boolean {
  try {
    const sealed = JSON.parse(text) as Sealed;
    const expected = next.get(sealed.start) ?? 0;
    next.set(sealed.start, expected + 1);
    const options = { authTagLength: 16 };
    const iv = Buffer.from(sealed.iv, 'hex');
    const decipher = createDecipheriv('aes-256-gcm', chainKey, iv, options);
    decipher.setAuthTag(Buffer.from(sealed.tag, 'hex')).setAAD(aad(sealed)).final();
    const { number, start, line } = sealed;
    const [ivAgain, tag] = [iv.toString('hex'), Buffer.from(sealed.tag, 'hex').toString('hex')];
    const asWritten = JSON.stringify({ number, start, line, iv: ivAgain, tag });
    return number === expected && asWritten === text;
  } catch {
    return false;
  }
}

export const verifyMergedLines: VerifyMergedLines = (lines, chainKey) => {
  const next = new Map<string, number>();
  const bad = lines.map((line) => isSealed(line, chainKey, next)).indexOf(false);
  return bad === -1 ? undefined : bad;
};
