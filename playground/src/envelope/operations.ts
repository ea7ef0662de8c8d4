/** The operations in words, and why each matters. */
import type { ByteMember, Operation, Owner } from '../../../studies/envelope/shared.ts';

export const names: Record<Owner, string> = { alice: 'Alice', bob: 'Bob' };

/** Buttons for what is done to both records, or to none in particular. */
export const swaps: { label: string; operation: Operation }[] = [
  { label: 'Swap the records', operation: { kind: 'swap', what: 'record' } },
  { label: 'Swap the wrapped keys', operation: { kind: 'swap', what: 'dek' } },
  { label: 'Swap the ciphertexts', operation: { kind: 'swap', what: 'ciphertext' } },
  { label: 'Swap the owners’ names', operation: { kind: 'swap', what: 'label' } },
];
export const cuts: { label: string; operation: Operation }[] = [
  {
    label: 'Shorten Alice’s tag to 4 bytes',
    operation: { kind: 'cut', record: 'alice', member: 'tag', bytes: 4 },
  },
  {
    label: 'Remove Alice’s tag',
    operation: { kind: 'cut', record: 'alice', member: 'tag', bytes: 0 },
  },
  {
    label: 'Shorten the tag of Alice’s key',
    operation: { kind: 'cut', record: 'alice', member: 'dekTag', bytes: 4 },
  },
  {
    label: 'Remove the tag of Alice’s key',
    operation: { kind: 'cut', record: 'alice', member: 'dekTag', bytes: 0 },
  },
];
export const rotations: { label: string; operation: Operation }[] = [
  { label: 'Rotate: wrap both keys under v2', operation: { kind: 'rewrap' } },
  { label: 'Drop v1', operation: { kind: 'drop-v1' } },
];

export function describeOperation(operation: Operation): string {
  switch (operation.kind) {
    case 'flip':
      return `Bit flipped in byte ${operation.index + 1} of ${operation.member}, ${names[operation.record]}`;
    case 'swap':
      return {
        record: 'Records swapped',
        dek: 'Wrapped keys swapped',
        ciphertext: 'Ciphertexts swapped',
        label: 'Owners’ names swapped',
      }[operation.what];
    case 'cut':
      return operation.bytes === 0
        ? `${operation.member} removed, ${names[operation.record]}`
        : `${operation.member} cut to ${operation.bytes} bytes, ${names[operation.record]}`;
    case 'rewrap':
      return 'v2 is current, v1 is kept, both data keys wrapped anew';
    case 'drop-v1':
      return 'v1 dropped';
  }
}

export function whyItMatters(operation: Operation): string {
  switch (operation.kind) {
    case 'flip':
      return whyFlipped[operation.member];
    case 'swap':
      return whySwapped[operation.what];
    case 'cut':
      return operation.bytes === 0
        ? 'A record without its tag cannot be verified. Whoever then decrypts all the same has no authentication at all.'
        : 'A tag of 4 bytes can be guessed in about four billion tries, one of 16 never. Node takes short ones from a record unless the length is demanded.';
    case 'rewrap':
      return 'A rotation opens each data key with the old KEK and wraps it under the new one. The ciphertext does not change, however large it is.';
    case 'drop-v1':
      return 'Once every record is wrapped under the new key, the old one can go. A record that the rotation missed goes with it.';
  }
}

const tag =
  'The tag is what notices every other change, so the smallest change to it must be fatal.';
const whyFlipped: Record<ByteMember, string> = {
  encryptedDek: 'A wrapped key that was changed must not unwrap to some other key.',
  dekIv: 'Under CBC, a bit of the IV is a bit of the data key. Nobody should choose bits of a key.',
  dekTag: tag,
  encrypted:
    'Under CBC, a changed byte makes noise of its block and changes one byte of the next. Only authentication tells that from a text.',
  iv: 'Under CBC, a bit of the IV is a bit of the first block of the text: whoever can write to the store edits it without any key.',
  tag,
};
const whySwapped: Record<Extract<Operation, { kind: 'swap' }>['what'], string> = {
  record:
    'Both records are genuine; they stand in each other’s place. Only the identity, authenticated with the record, tells.',
  dek: 'Each ciphertext now stands beside the other’s data key. Where all records share a data key, that changes nothing at all.',
  ciphertext:
    'Each ciphertext now stands under the other’s data key. It must not open, even if both keys are known to the vault.',
  label:
    'Only the name beside each record changes; the ids stay. A record that is bound to its id alone does not notice.',
};

/** The same flip a second time takes it back. */
export function toggleFlip(
  operations: readonly Operation[],
  flip: Extract<Operation, { kind: 'flip' }>,
): Operation[] {
  const others = operations.filter((known) => !isSameFlip(known, flip));
  return others.length < operations.length ? others : [...operations, flip];
}

const isSameFlip = (known: Operation, flip: Extract<Operation, { kind: 'flip' }>): boolean =>
  known.kind === 'flip' &&
  known.record === flip.record &&
  known.member === flip.member &&
  known.index === flip.index;
