/**
 * Messages between the lab (parent) and a target's host (child): JSON, a line each, on descriptors of
 * their own. Not Node's channel for processes, which believes whatever a process writes to it.
 */
import type {
  Actor,
  CacheHints,
  CredentialIdentity,
  CredentialRow,
  DiaryEntry,
  ExternalIssuer,
  LimitDecision,
  ListedTool,
  SealedCredential,
  SentMessage,
  ServerConfig,
  StartEntry,
  ToolReview,
} from '../../exercises/weather-server/controls.ts';
import type {
  Answer,
  CarriedStep,
  AnswerKeyAsk,
  CacheHintsAsk,
  DecisionSubject,
  GrantKind,
  GrantUses,
  HeaderAnswer,
  LimiterAnswer,
  LimiterStep,
  MatchingAsk,
  OtherKey,
  PureDecision,
  SharedCalls,
  SignInEnd,
  SignInSettings,
  StartQuestion,
  TenantKeyAsk,
} from '../protocol.ts';
import type { TapeEntry } from '../../exercises/weather-server/world/tape.ts';
import type { SensorChange } from '../../exercises/weather-server/world/migrate-sensors.ts';
import type { RefusedThere, SentRequest } from '../../exercises/weather-server/world/skydiary.ts';
import type { Visit, Visited } from '../../exercises/weather-server/world/third-party.ts';
import type { PublishedPage } from '../../exercises/weather-server/world/web.ts';
import type { Canaries, Failure, WorldPart } from '../../exercises/weather-server/world/world.ts';
import type { RunKeys } from '../run-keys.ts';
import type { StoreOutcome } from '../store/session-store.ts';
import type { TargetSpec } from '../target-spec.ts';

/** Sent once, before anything else. Made per run: nothing here outlives the processes. */
interface HostSettings extends RunKeys {
  guardToken: string;
  /** Begins each line of the host, and is known to nobody else. */
  wireToken: string;
}

/** What all instances of one server have in common. */
export interface Deployment {
  /** Where clients reach them. */
  origin: string;
  /** In base64. */
  auditChainKey: string;
}

export interface HostRequests {
  start: { ask: HostSettings; reply: { port: number } };
  open: {
    ask: { spec: TargetSpec; deployment?: Deployment | undefined };
    /** `ticket`: opens this one server to whoever repeats a request by hand. */
    reply: { instance: string; config: ServerConfig; ticket: string };
  };
  /** Nothing more is asked of it, but it answers whoever has its ticket until the next one opens. */
  close: { ask: { instance: string }; reply: null };
  /** Without `gates`, what verdicts rest on; with them, what people are shown. */
  tape: { ask: { instance: string; gates?: boolean }; reply: TapeEntry[] };
  decide: {
    ask: { instance: string; control: PureDecision; subject: DecisionSubject };
    reply: 'allowed' | 'refused';
  };
  vault: {
    ask: { instance: string; keys: string | undefined } & VaultOperation;
    reply: Answer<string | SealedCredential>;
  };
  limiter: { ask: { instance: string; steps: LimiterStep[] }; reply: LimiterAnswer[] };
  useGrantAtOnce: {
    ask: { instance: string; kind: GrantKind; times: number };
    reply: GrantUses;
  };
  carried: { ask: { instance: string; steps: CarriedStep[] }; reply: Answer<string>[] };
  reviewTools: {
    ask: { instance: string; listed: ListedTool[]; pins: string[] };
    reply: Answer<ToolReview>;
  };
  keysOfTenants: { ask: { instance: string; asks: TenantKeyAsk[] }; reply: Answer<string>[] };
  keysOfAnswers: { ask: { instance: string; asks: AnswerKeyAsk[] }; reply: Answer<string>[] };
  revisionsOf: { ask: { instance: string; asks: SentMessage[] }; reply: HeaderAnswer[] };
  matchingHeaders: { ask: { instance: string; asks: MatchingAsk[] }; reply: HeaderAnswer[] };
  cacheHints: { ask: { instance: string; asks: CacheHintsAsk[] }; reply: Answer<CacheHints>[] };
  verifyAuditLog: {
    ask: { instance: string; lines: string[]; key: 'another key' | undefined };
    reply: Answer<number | undefined>;
  };
  lineWithAuditKey: { ask: { instance: string; lines: string[] }; reply: number | undefined };
  sharedCalls: { ask: { instance: string } & SharedCalls; reply: Answer<LimitDecision>[] };
  signInTwice: { ask: { instance: string }; reply: Answer<string>[] };
  sealLines: {
    ask: { instance: string; lines: string[]; key: OtherKey | undefined };
    reply: Answer<string[]>;
  };
  verifyMergedLines: {
    ask: { instance: string; lines: string[] };
    reply: Answer<number | undefined>;
  };
  canaries: { ask: { instance: string }; reply: Canaries };
  breakDown: {
    ask: { instance: string; part: WorldPart; failure: Failure | string | undefined };
    reply: null;
  };
  plant: { ask: { instance: string; text: string }; reply: null };
  migrate: { ask: { instance: string; change: SensorChange }; reply: null };
  pollution: { ask: null; reply: string[] };
  publish: { ask: { instance: string; url: string; page: PublishedPage }; reply: null };
  /** `requestId`: what the client does is put on the tape under it. */
  signIn: {
    ask: { instance: string; requestId: string; server: string } & SignInSettings;
    reply: SignInEnd;
  };
  considerStart: {
    ask: { instance: string; requestId: string; name: string; entry: StartEntry };
    reply: Answer<StartQuestion>;
  };
  answerStart: {
    ask: { instance: string; requestId: string; name: string; agrees: boolean };
    reply: null;
  };
  trust: { ask: { instance: string; external: ExternalIssuer }; reply: null };
  signInElsewhere: {
    ask: { instance: string; scheme: 'http' | 'https' };
    reply: ServerConfig;
  };
  visitThirdParty: { ask: { instance: string; visit: Visit }; reply: Visited };
  askThirdParty: {
    ask: { instance: string; request: SentRequest };
    reply: { status: number; body: unknown };
  };
  tokensOfThirdParty: { ask: { instance: string }; reply: string[] };
  changeThirdParty: {
    ask: {
      instance: string;
      entry?: { user: string; text: string; aside?: string | undefined };
      refuse?: { what: RefusedThere; saying?: string | undefined };
    };
    reply: null;
  };
  keepThirdPartyToken: {
    ask: { instance: string; user: Actor; userThere: string };
    reply: null;
  };
  /** `requestId`: what the server sends is put on the tape under it. */
  readDiaries: {
    ask: { instance: string; users: Actor[]; requestId: string };
    reply: Answer<DiaryEntry[]>[];
  };
  resumeAtOnce: { ask: { instance: string; times: number }; reply: number };
  /** All rows, after `put` was put there and the one called `remove` was removed. */
  credentialRows: {
    ask: {
      instance: string;
      put?: CredentialRow | undefined;
      remove?: string | undefined;
    };
    reply: CredentialRow[];
  };
  advance: { ask: { milliseconds: number }; reply: null };
  /** Processor time used so far, in milliseconds. */
  processorTime: { ask: null; reply: number };
  /**
   * Grows while anything is being done, in milliseconds: processor time, and the time in which the
   * main thread had something to do, for on a busy machine it may not get to do it.
   */
  workedTime: { ask: null; reply: number };
  flood: {
    ask: { instance: string; users: number };
    reply: { retainedBytesPerUser: number; polluted: boolean };
  };
}

export type VaultOperation = { identity: CredentialIdentity } & (
  | { operation: 'seal'; plaintext: string }
  | { operation: 'open' | 'rewrap'; sealed: SealedCredential }
);

export type HostRequestName = keyof HostRequests;

export type ToHost =
  | {
      [Name in HostRequestName]: { id: number; name: Name; ask: HostRequests[Name]['ask'] };
    }[HostRequestName]
  /** What came of a step that this host asked for. There are many, and none is replied to. */
  | { name: 'storeAnswered'; call: number; outcome: StoreOutcome };

/** `now` is the host's virtual time, in milliseconds since the epoch. */
export type FromHost =
  | { now: number; storeStep: { instance: string; call: number; step: unknown } }
  | { id: number; now: number; reply?: unknown }
  | { id: number; now: number; error: { message: string; file?: string | undefined } };

/** Header names the guard understands; it removes them before the server sees the request. */
export const LAB_HEADERS = {
  token: 'x-lab-token',
  instance: 'x-lab-instance',
  request: 'x-lab-request',
  ticket: 'x-lab-ticket',
  host: 'x-lab-host',
  origin: 'x-lab-origin',
  forwardedFor: 'x-lab-xff',
  fetchSite: 'x-lab-fetch-site',
} as const;

/** What the host writes on its last breath, one JSON line on file descriptor 4. */
export type LastWords =
  | { kind: 'exit'; call: string; where?: string }
  | { kind: 'error'; message: string; where?: string }
  | { kind: 'stalled'; where?: string }
  /** Has not come to an end since. */
  | { kind: 'stuck' }
  /** Using more memory than any honest server does; `tooMuch`: more than is allowed. */
  | { kind: 'growing'; tooMuch: boolean; where?: string };
/** Descriptors of the host. */
export const FROM_LAB_FD = 3;
export const LAST_WORDS_FD = 4;
export const TO_LAB_FD = 5;
/** Longer than the tape of any firing. */
export const MOST_LINE_BYTES = 64 * 1024 * 1024;
export const MOST_LAST_WORDS_BYTES = 64 * 1024;
