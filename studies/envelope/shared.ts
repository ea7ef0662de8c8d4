/** Two sealed credentials, what can be done to them, and what opening them gives then. */
import type { CredentialIdentity } from '../../exercises/weather-server/controls.ts';
import type { Answer } from '../../lab/protocol.ts';

export const owners = ['alice', 'bob'] as const;
export type Owner = (typeof owners)[number];

/** Members of a sealed credential that hold bytes, outer layer first. */
export const byteMembers = ['encryptedDek', 'dekIv', 'dekTag', 'encrypted', 'iv', 'tag'] as const;
export type ByteMember = (typeof byteMembers)[number];

export type Operation =
  /** The lowest bit of one byte. A position that is not there changes nothing. */
  | { kind: 'flip'; record: Owner; member: ByteMember; index: number }
  /**
   * Between Alice's and Bob's records. `label` is the owner's name beside the record, which keeps its
   * own id.
   */
  | { kind: 'swap'; what: 'record' | 'dek' | 'ciphertext' | 'label' }
  /** Keeps the first `bytes` of a tag; 0 removes the member. */
  | { kind: 'cut'; record: Owner; member: 'tag' | 'dekTag'; bytes: number }
  /** v2 becomes the current key, v1 is kept, and both records are wrapped anew. */
  | { kind: 'rewrap' }
  /** v1 is forgotten. */
  | { kind: 'drop-v1' };

export const MOST_OPERATIONS = 24;
export const LONGEST_TEXT = 64;

/** A byte member before and after, as hex digits; undefined where it is missing. */
export interface MemberBytes {
  name: ByteMember;
  sealed: string | undefined;
  now: string | undefined;
}

export interface StudyRecord {
  owner: Owner;
  /** As it was sealed, and as it is opened. */
  sealedAs: CredentialIdentity;
  openedAs: CredentialIdentity;
  kekVersion: string;
  members: MemberBytes[];
  /** Whether it was changed without the keys, or stands under another name. */
  tampered: boolean;
  /** Whether the key it is wrapped under has been forgotten. */
  keyGone: boolean;
  /** Why it was not sealed or wrapped anew. */
  refusals: string[];
  expected: string;
  /** Undefined if it was never sealed. */
  opened: Answer<string> | undefined;
}

export interface EnvelopeReport {
  records: StudyRecord[];
  /** What both records have in common that they should not, in sentences. */
  reuse: string[];
  faults: string[];
}

/** Two texts under one key and one IV, and what somebody without the key makes of it. All in hex. */
export interface SameIvTwice {
  texts: Record<Owner, string>;
  ciphertexts: Record<Owner, string>;
  xorOfCiphertexts: string;
  xorOfTexts: string;
  /** Bob's text, from both ciphertexts and Alice's text; cut to the shorter of the two. */
  recovered: string;
}
