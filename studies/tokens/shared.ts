/** A real access token, what is changed about it, and what servers make of the result. */
import type { Reference } from '../../lab/attack.ts';
import type { Exchange } from '../../lab/protocol.ts';
import type { DecodedToken } from '../../shared/decode-token.ts';

/** Who can sign in at the lab's authorization server. */
export const users = ['alice', 'bob'] as const;
export type StudyUser = (typeof users)[number];

/** The tools that a token can be presented to, and the scope that each needs. */
export const scopeOfTool = {
  get_weather: 'weather:read',
  save_alert: 'weather:write',
  list_all_alerts: 'weather:admin',
} as const;
export type StudyTool = keyof typeof scopeOfTool;
export const tools = Object.keys(scopeOfTool) as StudyTool[];

export const signings = [
  /** The signature of the real token stays, whatever it is of now. */
  'kept',
  'authorization-server',
  'another-token',
  'cut-short',
  /** `alg` is none, and there is no signature. */
  'nobody',
  /** HS256, with the text of the public key as its secret. */
  'public-key-pem',
  'public-key-jwk',
  /** A key of one's own; the `kid` stays that of the authorization server. */
  'own-key',
  'own-key-in-jwk',
  'own-key-at-jku',
] as const;
export type Signing = (typeof signings)[number];

/** What is done to a real token. Members are set, and `null` removes one. */
export interface TokenChanges {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  signing: Signing;
}

/** Header and claims together, as JSON. A server reads 16 KiB of headers, and base64 takes a third more. */
export const MOST_CHANGED_BYTES = 8 * 1024;

export interface MadeToken extends DecodedToken {
  token: string;
  /** What its signature is. One that was kept over an unchanged token is the authorization server's. */
  signedHow: Signing;
}

/** What a resource server knows before it looks at a token. */
export interface Expected {
  issuer: string;
  resource: string;
  /** Of the authorization server's key. */
  keyId: string;
  /** Needed by the tool. */
  scope: string;
  /** Each includes the ones before it. */
  scopesSupported: readonly string[];
}

/** Something that a resource server must not accept, and how it says so. */
export interface Defect {
  /** Continues “accepted although …”. */
  what: string;
  /** Which check notices it, and why there is one. */
  why: string;
  references: Reference[];
  /** 401: not a valid token here. 403: valid, and not enough for this tool. */
  status: 401 | 403;
}

export interface Presented {
  exchange: Exchange;
  /** By the tape: the tool that ran, and as whom. */
  ran?: { tool: string; subject: string };
  /** From the challenge of the answer. */
  error?: string;
  errorDescription?: string;
  /** Requests that the token made the server send. */
  fetched: string[];
}

export interface TokenReport {
  /** Seconds since the epoch on the server's clock. */
  now: number;
  /** From an ordinary flow at this target, just now. */
  real: DecodedToken;
  made: MadeToken;
  defects: Defect[];
  presented?: Presented;
  /** Mistakes in the learner's file that the lab noticed. */
  faults: string[];
}
