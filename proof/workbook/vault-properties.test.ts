/** What must hold of the reference vault for any credential, identity and record. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SealedCredential } from '../../exercises/weather-server/controls.ts';
import { createCredentialVault } from '../../solutions/07-credentials/credential-vault.ts';
import { parseKeyEncryptionKeys } from '../../solutions/07-credentials/key-encryption-keys.ts';

const keys = Object.fromEntries(
  ['v1', 'v2'].map((version) => [version, `${version}=${randomBytes(32).toString('base64')}`]),
);
const vaultUnder = (...versions: string[]) =>
  createCredentialVault(
    parseKeyEncryptionKeys(versions.map((version) => keys[version]).join('\n')),
  );
const vault = vaultUnder('v1', 'v2');

const anyText = fc.string({ unit: 'grapheme', maxLength: 60 });
const anyIdentity = fc.record({ recordId: anyText, owner: anyText, provider: anyText });

describe('createCredentialVault', () => {
  test('opens what it sealed, under the same keys and after a rotation', () => {
    fc.assert(
      fc.property(anyText, anyIdentity, (text, identity) => {
        const sealed = vault.seal(text, identity);
        expect(vaultUnder('v2', 'v1').open(sealed, identity)).toBe(text);
        const moved = vaultUnder('v2', 'v1').rewrap(sealed, identity);
        expect(moved).toMatchObject({ kekVersion: 'v2', encrypted: sealed.encrypted });
        expect(vaultUnder('v2').open(moved, identity)).toBe(text);
      }),
    );
  });

  test('refuses a record with any bit of any member changed', () => {
    fc.assert(
      fc.property(
        anyText,
        anyIdentity,
        fc.nat(),
        fc.nat(),
        fc.nat(7),
        (text, identity, which, where, bit) => {
          const sealed = vault.seal(text, identity);
          const members = Object.entries(sealed).filter(([, value]) => value !== '') as [
            keyof SealedCredential,
            string,
          ][];
          const [member, value] = members[which % members.length]!;
          const bytes = Buffer.from(value);
          const at = where % bytes.length;
          bytes[at] = bytes[at]! ^ (1 << bit);
          const changed = { ...sealed, [member]: bytes.toString('latin1') };
          expect(() => vault.open(changed, identity)).toThrow(/./);
          expect(() => vault.rewrap(changed, identity)).toThrow(/./);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('opens a record for its own identity only', () => {
    fc.assert(
      fc.property(anyText, anyIdentity, anyIdentity, (text, identity, other) => {
        fc.pre(JSON.stringify(identity) !== JSON.stringify(other));
        const sealed = vault.seal(text, identity);
        expect(() => vault.open(sealed, other)).toThrow(/./);
        expect(() => vault.rewrap(sealed, other)).toThrow(/./);
      }),
    );
  });

  test('throws for whatever else stands in the row', () => {
    fc.assert(
      fc.property(fc.object(), anyIdentity, fc.boolean(), (junk, identity, mixedIn) => {
        const sealed = vault.seal('sk-0123', identity);
        const row: unknown = mixedIn ? { ...sealed, encrypted: junk } : junk;
        expect(() => vault.open(row as SealedCredential, identity)).toThrow(/./);
      }),
    );
  });
});

describe('parseKeyEncryptionKeys', () => {
  test('takes any text as keys or refuses it without showing any of it', () => {
    const pair = fc.tuple(
      fc.constantFrom('', 'v1', 'v1=', '=', 'v1:'),
      fc.uint8Array({ minLength: 28, maxLength: 36 }),
    );
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 3 }), (pairs) => {
        const spelled = pairs.map(([, bytes]) => Buffer.from(bytes).toString('base64'));
        const text = pairs.map(([before], at) => `${before}${spelled[at]}`).join(' ');
        try {
          const provider = parseKeyEncryptionKeys(text);
          expect(provider.key(provider.currentVersion)).toHaveLength(32);
        } catch (error) {
          for (const secret of spelled) expect((error as Error).message).not.toContain(secret);
        }
      }),
    );
  });
});
