/** Seals two credentials at a target, does to them what is asked, and opens them again. */
import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { SealedCredential } from '../../exercises/weather-server/controls.ts';
import { faultsOn } from '../../lab/faults-on.ts';
import type { TargetSession } from '../../lab/target-session.ts';
import { tamper, touchedBy, type Store } from './apply-operation.ts';
import {
  byteMembers,
  owners,
  type StudyRecord,
  type ByteMember,
  type EnvelopeReport,
  type Operation,
  type Owner,
} from './shared.ts';

const identities = {
  alice: { recordId: 'cred-1', owner: 'alice', provider: 'weather' },
  bob: { recordId: 'cred-2', owner: 'bob', provider: 'weather' },
};

export async function runEnvelopeStudy(
  lab: TargetSession,
  texts: Record<Owner, string>,
  operations: Operation[],
): Promise<EnvelopeReport> {
  const v1 = `v1=${randomBytes(32).toString('base64')}`;
  const v2 = `v2=${randomBytes(32).toString('base64')}`;
  /** The keys that the vault is given, current one first. */
  let keys = [v1];
  let store: Store = {};
  const refusals: Record<Owner, string[]> = { alice: [], bob: [] };
  for (const owner of owners) {
    const identity = identities[owner];
    const answer = await lab.vault(v1).seal(texts[owner], identity);
    if ('refused' in answer) refusals[owner].push(`Not sealed: ${answer.refused}`);
    else store = { ...store, [owner]: { sealed: answer.value, identity } };
  }
  const asSealed = store;

  for (const operation of operations) {
    if (operation.kind === 'rewrap') {
      keys = [v2, ...keys.filter((key) => key !== v2)];
      store = await rewrapAll(lab, keys.join(' '), store, refusals);
    } else if (operation.kind === 'drop-v1') {
      keys = [v2];
    } else {
      store = tamper(store, operation);
    }
  }

  const records: StudyRecord[] = [];
  for (const owner of owners) {
    const row = store[owner];
    const before = asSealed[owner]?.sealed;
    records.push({
      owner,
      sealedAs: identities[owner],
      openedAs: row?.identity ?? identities[owner],
      kekVersion: row?.sealed.kekVersion ?? '',
      members: byteMembers.map((name) => ({
        name,
        sealed: inHex(before?.[name]),
        now: inHex(row?.sealed[name]),
      })),
      tampered:
        operations.some((operation) => touchedBy(operation).includes(owner)) &&
        !isDeepStrictEqual(row, asSealed[owner]),
      keyGone: !keys.some((key) => key.startsWith(`${row?.sealed.kekVersion}=`)),
      refusals: refusals[owner],
      expected: texts[owner],
      opened: row && (await lab.vault(keys.join(' ')).open(row.sealed, row.identity)),
    });
  }
  return {
    records,
    reuse: findReuse(asSealed.alice?.sealed, asSealed.bob?.sealed),
    faults: faultsOn(await lab.tape()),
  };
}

async function rewrapAll(
  lab: TargetSession,
  keys: string,
  store: Store,
  refusals: Record<Owner, string[]>,
): Promise<Store> {
  const rewrapped = { ...store };
  for (const owner of owners) {
    const row = store[owner];
    if (!row) continue;
    const answer = await lab.vault(keys).rewrap(row.sealed, row.identity);
    if ('refused' in answer) refusals[owner].push(`Not wrapped anew: ${answer.refused}`);
    else rewrapped[owner] = { ...row, sealed: answer.value };
  }
  return rewrapped;
}

const shouldDiffer: [member: ByteMember, sentence: string][] = [
  ['dekIv', 'Both data keys are wrapped under the same IV.'],
  ['iv', 'Both texts are encrypted under the same IV.'],
  ['encryptedDek', 'Both records hold the same wrapped data key.'],
  ['encrypted', 'Both ciphertexts are the same, so anybody sees that the texts are.'],
];

/** What two sealed credentials share, though all of it should be random. */
export function findReuse(
  one: SealedCredential | undefined,
  other: SealedCredential | undefined,
): string[] {
  if (!one || !other) return [];
  return shouldDiffer.flatMap(([member, sentence]) =>
    one[member] !== undefined && one[member] === other[member] ? [sentence] : [],
  );
}

const inHex = (base64: string | undefined): string | undefined =>
  base64 === undefined ? undefined : Buffer.from(base64, 'base64').toString('hex');
