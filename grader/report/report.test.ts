import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CompactSign, type CompactJWSHeaderParameters } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readGradeResult } from '../grading/grade-result.ts';
import { signRecord, verifyRecord } from './completion-record.ts';
import { HOSTILE, hostileResult } from '../grading/hostile-result.ts';
import { projectFolder } from '../../shared/project-path.ts';
import {
  KeyProblem,
  makeKeys,
  readPrivateKey,
  readPublicKey,
  requireOutside,
} from './signing-keys.ts';
import { writeReport } from './write-report.ts';

const result = hostileResult();

describe('the result as JSON', () => {
  test('is read as it was written', () => {
    // Strings of JSON are well formed once written: a lone surrogate is an escape there.
    expect(readGradeResult(JSON.stringify(result))).toEqual(result);
  });

  test('is not read if it is something else, or of another schema', () => {
    expect(() => readGradeResult('<html>')).toThrow(/not JSON/);
    expect(() => readGradeResult(JSON.stringify({ ...result, schema: 2 }))).toThrow(/schema/);
  });
});

describe('the page', () => {
  const page = writeReport(result, { name: HOSTILE, record: 'a.b.c' });

  test('holds no markup of anybody else, no script and no address to load', () => {
    expect(page).not.toMatch(/<(script|img|link|iframe)/i);
    expect(page).not.toMatch(/\s(src|on\w+)=["']/i);
    expect(page).not.toMatch(/url\(|@import/);
    for (const hidden of ['\u0000', '\u202e', '\ud800']) expect(page).not.toContain(hidden);
    expect(page).toContain('&lt;script&gt;alert(1)');
    expect([...page.matchAll(/href="(.)/g)].every(([, first]) => first === '#')).toBe(true);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test('says every verdict in a word, with its evidence and the mistake', () => {
    expect(page).toMatch(/failed<\/span>/);
    expect(page).toMatch(/never ran<\/span>/);
    expect(page).toContain('Any audience is accepted.');
    expect(page).toContain('2 of 5');
    expect(page).toContain('POST /mcp');
  });
});

describe('a signed record', () => {
  let folder: string;
  let privateText: string;
  let publicText: string;
  beforeAll(async () => {
    folder = path.join(mkdtempSync(path.join(tmpdir(), 'report-')), 'keys');
    const { privateFile, publicFile } = await makeKeys(folder);
    privateText = readFileSync(privateFile, 'utf8');
    publicText = readFileSync(publicFile, 'utf8');
  });
  afterAll(() => rmSync(path.dirname(folder), { recursive: true }));

  const sign = async (): Promise<string> =>
    signRecord(result, 'Ada Lovelace', await readPrivateKey(privateText));
  const verify = async (jws: string, key = publicText) =>
    verifyRecord(jws, await readPublicKey(key));

  test('is read with the public key, and says who, what and when', async () => {
    const record = await verify(`${await sign()}\n`);
    expect(record).toMatchObject({
      name: 'Ada Lovelace',
      gradedAt: result.startedAt,
      fingerprints: result.fingerprints,
      topics: [
        { slug: '05-access-tokens', passed: 1, open: ['bad', 'lost'], points: 5, earned: 2 },
      ],
      points: 5,
      earned: 2,
    });
  });

  test('is refused when a letter of it was changed', async () => {
    const [head = '', payload = '', signature = ''] = (await sign()).split('.');
    const changed = Buffer.from(payload, 'base64url').toString().replace('Ada', 'Eve');
    const forged = [head, Buffer.from(changed).toString('base64url'), signature].join('.');
    await expect(verify(forged)).rejects.toThrow(/does not match/);
    await expect(verify(`${head}.${payload}.`)).rejects.toThrow(/does not match/);
    await expect(verify('Dear teacher,')).rejects.toThrow(/not a signed record/);
  });

  test('is refused with another key', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await expect(verify(await sign(), pem(other).publicText)).rejects.toThrow(/another key/);
  });

  test('cannot be made without the private key: not with `none`, nor with the public key as a secret', async () => {
    const [, payload = ''] = (await sign()).split('.');
    const none = Buffer.from('{"alg":"none","typ":"secure-mcp-workbook-record+jws"}');
    const unsigned = `${none.toString('base64url')}.${payload}.`;
    await expect(verify(unsigned)).rejects.toThrow(/algorithm|not a signed record/);
    const header: CompactJWSHeaderParameters = {
      alg: 'HS256',
      typ: 'secure-mcp-workbook-record+jws',
    };
    const confused = await new CompactSign(Buffer.from(payload, 'base64url'))
      .setProtectedHeader(header)
      .sign(new TextEncoder().encode(publicText));
    await expect(verify(confused)).rejects.toThrow(/algorithm/);
  });

  test('is not everything else that the key has signed', async () => {
    const { key, alg } = await readPrivateKey(privateText);
    const [, payload = ''] = (await sign()).split('.');
    const signed = (typ: string, text: string | Buffer): Promise<string> =>
      new CompactSign(Buffer.from(text)).setProtectedHeader({ alg, typ }).sign(key);
    const record = Buffer.from(payload, 'base64url');
    await expect(verify(await signed('JWT', record))).rejects.toThrow(/no completion record/);
    const type = 'secure-mcp-workbook-record+jws';
    await expect(verify(await signed(type, '{}'))).rejects.toThrow(/no completion record/);
    await expect(verify(await signed(type, 'text'))).rejects.toThrow(/no completion record/);
  });

  test.each([
    ['ec', () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['ed25519', () => generateKeyPairSync('ed25519')],
  ])('takes PEM keys too: %s', async (_type, generate) => {
    const keys = pem(generate());
    const jws = await signRecord(result, 'Ada', await readPrivateKey(keys.privateText));
    expect((await verify(jws, keys.publicText)).name).toBe('Ada');
  });

  test('takes no shared secret, no weak key, and no private key for a public one', async () => {
    const secret = JSON.stringify({ kty: 'oct', k: Buffer.alloc(32, 1).toString('base64url') });
    await expect(readPrivateKey(secret)).rejects.toThrow(/not a private key/);
    await expect(readPublicKey(secret)).rejects.toThrow(/not a public key/);
    const weak = pem(generateKeyPairSync('rsa', { modulusLength: 1024 }));
    await expect(readPrivateKey(weak.privateText)).rejects.toThrow(/Only P-256/);
    await expect(readPrivateKey(publicText)).rejects.toThrow(/not a private key/);
    await expect(readPublicKey(privateText)).rejects.toThrow(/is a private key/);
    const edwards = pem(generateKeyPairSync('ed25519'));
    await expect(readPublicKey(edwards.privateText)).rejects.toThrow(/is a private key/);
  });

  test.each(['keys', '.workbook/keys', 'exercises/../keys'])(
    'no private key is made or read at %s, in the workbook',
    async (place) => {
      const inside = path.join(projectFolder, place);
      await expect(makeKeys(inside)).rejects.toThrow(/lies in the workbook/);
      expect(() => requireOutside(path.join(inside, 'private-key.json'))).toThrow(KeyProblem);
      expect(() => requireOutside(folder)).not.toThrow();
    },
  );

  test('keys are never overwritten, and the private one is for its owner only', async () => {
    await expect(makeKeys(folder)).rejects.toThrow(/EEXIST/);
    expect(readFileSync(path.join(folder, 'private-key.json'), 'utf8')).toBe(privateText);
    const { mode } = statSync(path.join(folder, 'private-key.json'));
    // Windows has no such modes.
    if (process.platform !== 'win32') expect(mode & 0o077).toBe(0);
    expect(publicText).not.toContain('"d"');
  });
});

const pem = ({ privateKey, publicKey }: KeyPairKeyObjectResult) => ({
  privateText: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  publicText: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
});
