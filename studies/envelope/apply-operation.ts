/** What somebody who can write to the store does to the records in it. */
import type {
  CredentialIdentity,
  SealedCredential,
} from '../../exercises/weather-server/controls.ts';
import { owners, type Operation, type Owner } from './shared.ts';

/** One row of the store. */
interface StoredRow {
  sealed: SealedCredential;
  /** The names beside it, under which it will be opened. */
  identity: CredentialIdentity;
}
export type Store = Partial<Record<Owner, StoredRow>>;

type Tampering = Extract<Operation, { kind: 'flip' | 'swap' | 'cut' }>;

/** A new store; members that an operation names and a record lacks stay missing. */
export function tamper(store: Store, operation: Tampering): Store {
  if (operation.kind === 'swap') return swap(store, operation.what);
  const row = store[operation.record];
  const text = row?.sealed[operation.member];
  if (!row || text === undefined) return store;
  const bytes = Buffer.from(text, 'base64');
  const changed =
    operation.kind === 'flip'
      ? bytes.map((byte, index) => (index === operation.index ? byte ^ 1 : byte))
      : bytes.subarray(0, operation.bytes);
  const sealed = { ...row.sealed, [operation.member]: Buffer.from(changed).toString('base64') };
  if (operation.kind === 'cut' && operation.bytes === 0) delete sealed[operation.member];
  return { ...store, [operation.record]: { ...row, sealed } };
}

function swap({ alice, bob }: Store, what: Extract<Operation, { kind: 'swap' }>['what']): Store {
  if (!alice || !bob) return { ...(alice && { alice }), ...(bob && { bob }) };
  if (what === 'label') {
    return { alice: relabel(alice, bob.identity.owner), bob: relabel(bob, alice.identity.owner) };
  }
  return {
    alice: { ...alice, sealed: withPartOf(alice.sealed, bob.sealed, what) },
    bob: { ...bob, sealed: withPartOf(bob.sealed, alice.sealed, what) },
  };
}

const relabel = (row: StoredRow, owner: string): StoredRow => ({
  ...row,
  identity: { ...row.identity, owner },
});

function withPartOf(
  own: SealedCredential,
  other: SealedCredential,
  what: 'record' | 'dek' | 'ciphertext',
): SealedCredential {
  if (what === 'record') return other;
  const [outer, inner] = what === 'dek' ? [other, own] : [own, other];
  const { kekVersion, encryptedDek, dekIv, dekTag } = outer;
  const { encrypted, iv, tag } = inner;
  return {
    kekVersion,
    encryptedDek,
    dekIv,
    ...(dekTag === undefined ? {} : { dekTag }),
    encrypted,
    iv,
    ...(tag === undefined ? {} : { tag }),
  };
}

/** Whose records an operation touches, if it is one that needs no key. */
export function touchedBy(operation: Operation): readonly Owner[] {
  if (operation.kind === 'swap') return owners;
  return operation.kind === 'flip' || operation.kind === 'cut' ? [operation.record] : [];
}
