/**
 * What passes between an attack and a target: what an attack may send and ask, what comes back, and
 * the reports that are made of it.
 */
import type { TapeEntry } from '../exercises/weather-server/world/tape.ts';
import type {
  Actor,
  AlertFacts,
  AskedCall,
  CacheableAnswer,
  CacheHints,
  CallLimits,
  CredentialIdentity,
  CredentialRow,
  DiaryEntry,
  ExternalIssuer,
  KeptCredentials,
  KeptQuestion,
  LimitDecision,
  ListedTool,
  MirroredArgument,
  Revision,
  SealedCredential,
  SentMessage,
  ServerConfig,
  StartEntry,
  StartReview,
  Tenant,
  ToolFacts,
  ToolReview,
} from '../exercises/weather-server/controls.ts';
import type { SensorChange } from '../exercises/weather-server/world/migrate-sensors.ts';
import type { RefusedThere, SentRequest } from '../exercises/weather-server/world/skydiary.ts';
import type { Visit, Visited } from '../exercises/weather-server/world/third-party.ts';
import type { PublishedPage } from '../exercises/weather-server/world/web.ts';
import type { Canaries, Failure, WorldPart } from '../exercises/weather-server/world/world.ts';

/** The report that `LabSession.plant` writes. */

export const PLANTED_REPORT = 'field-notes.txt';

/** An issuer besides our own that some targets trust: its subjects are other people. */
export const OTHER_ISSUER = 'https://login.other.example';

export type Verdict = 'breached' | 'blocked' | 'inconclusive';

/** An HTTP request as an attack writes it down. Header names in any case; values as sent. */
export interface LabRequest {
  method?: string;
  /** Path and query, sent exactly as written. */
  path: string;
  /** A header with several values is sent so many times. */
  headers?: Record<string, string | string[]>;
  /** A string goes out as it is; anything else as JSON. Never sent with GET. */
  body?: unknown;
  /** A coding: compressed, and labelled so. `chunked`: without a Content-Length. */
  sendBody?: SendBody;
  /** What a gateway took this for before it let it pass; for people only, and not sent. */
  readings?: GatewayReading[];
}

/** The same thing, as a gateway read it in the headers, and as it stands in the body. */
export interface GatewayReading {
  what: string;
  inHeaders: string | undefined;
  inBody: string | undefined;
}

export type SendBody = 'gzip' | 'deflate' | 'br' | 'chunked';

export interface LabReply {
  requestId: string;
  /** 0 when no answer came: connection reset, or silence until the deadline. */
  status: number;
  headers: Record<string, string>;
  text: string;
  /** `text` parsed as JSON, or undefined. */
  json: unknown;
  /** Why there was no answer. */
  failure?: string;
}

/** One request and its answer, as shown to people. */
export interface Exchange {
  /** `control` is ordinary use that must succeed; `attack` is the attack. */
  role: 'control' | 'attack';
  label: string;
  requestId: string;
  request: {
    method: string;
    path: string;
    headers: Record<string, string>;
    body: string;
    /** Bytes of the body that are not shown. */
    more?: number;
    sendBody?: SendBody;
  };
  response: {
    status: number;
    headers: Record<string, string>;
    body: string;
    /** Bytes of the body that are not shown. */
    more?: number;
    failure?: string;
    /** Of a request without an answer: how long one was waited for, in milliseconds. */
    waitedMs?: number;
  };
  /** Of a request that a gateway has let pass. */
  readings?: GatewayReading[];
}

/**
 * Where requests of a firing can be repeated by hand, as long as the target keeps its server: until
 * the next firing at it, or until a file is saved.
 */
export interface Replay {
  /** `http://127.0.0.1` and the port. */
  origin: string;
  /** For the guard: opens this one server, and no other. */
  ticket: string;
}

/** How many of a number of firings came out in which way. */
export type VerdictCount = Record<Verdict, number>;

/** How to make a token. Everything left out is as in a valid access token for this server. */
export interface TokenRecipe {
  /** A token to begin with: its header and its claims, in their order. */
  from?: string;
  /** Protected header members to set; `null` removes one. */
  header?: Record<string, unknown>;
  /**
   * Claims to set; `null` removes one. `{{issuer}}`, `{{resource}}`, `{{oob}}` are filled in, and
   * `{{now-60}}` becomes a number of seconds.
   */
  claims?: Record<string, unknown>;
  /** Seconds from now on the server's clock; `null` leaves the claim out. */
  expiresIn?: number | null;
  notBeforeIn?: number | null;
  /**
   * What signs it. `public-key-*` use the public key, as it is published, as an HMAC secret;
   * `signature` is put there as it is.
   */
  signWith?:
    | 'server-key'
    | 'attacker-key'
    | 'public-key-pem'
    | 'public-key-pem-newline'
    | 'public-key-jwk'
    | 'public-key-der'
    | 'empty-secret'
    | 'nothing'
    | { signature: string };
  /** Done to the finished token. */
  afterSigning?:
    | { setClaims: Record<string, unknown> }
    | 'truncate-signature'
    | 'empty-signature'
    | 'signature-of-another-token';
}

export interface CallOptions {
  token?: string;
  headers?: Record<string, string>;
  /** Path and query instead of `/mcp`. */
  path?: string;
  label?: string;
  /** The form of the call, if not that of the firing. */
  revision?: Revision;
}

/** Controls that decide from their arguments alone. */
export type PureDecision = 'authorizeTool' | 'requireOwnAlert';

export interface DecisionSubject {
  /** Undefined: a caller that nobody knows. */
  actor: Actor | undefined;
  /** A `ToolFacts` or an `AlertFacts`. */
  object: ToolFacts | AlertFacts;
}

/**
 * One question to a seal or to a store of handles of a server called `server`; each such server has a
 * key and jobs of its own. What `seal` and `issue` give out is kept under `name`; where none was, the
 * name is itself the text that comes back.
 */
export type CarriedStep = { server: string; name: string } & (
  | { take: 'seal' | 'open'; asked: AskedCall }
  | { take: 'issue' | 'find' | 'end'; actor: Actor | undefined }
);

export type GrantKind = 'code' | 'refresh token';

export interface GrantUses {
  used: string;
  /** What each use gave: of a code the subject, of a refresh token the next one. */
  answers: Answer<string>[];
  /** Of the different refresh tokens given, how many could be used a minute later, one after the other. */
  goOn: number;
}

/** Calls that reach the target's limiter directly, within one tick of the server's clock. */
export interface LimiterStep {
  /** Milliseconds since the epoch, to the millisecond; a moment that is past means now. */
  at: number;
  subject: string;
  tool: string;
  calls: number;
  /** Ends the step with its first refused call. */
  untilRefused?: boolean;
}

export interface LimiterAnswer {
  /** When the last of the calls was decided. */
  at: number;
  allowed: number;
  /** The tool results of the calls that were refused, in order. */
  refusals: unknown[];
}

/** What a control that was asked directly gave, or the message of what it threw. */
export type Answer<T> = { value: T } | { refused: string };

/** For a moment on the server's clock, in milliseconds since the epoch; left out: now. */
interface AtMoment {
  at?: number | undefined;
}

export interface TenantKeyAsk extends AtMoment {
  tenant: Tenant;
  /** What the caller says; left out: nothing. */
  asked?: string | undefined;
}

export interface AnswerKeyAsk {
  tenant: Tenant;
  question: KeptQuestion;
}

/** What `requireMatchingHeaders` is asked, of a request that is not sent. */
export interface MatchingAsk {
  sent: SentMessage;
  mirrored: readonly MirroredArgument[];
}

/**
 * What a control of topic 15 says: it lets a message pass, as one of a revision or as one that matches;
 * it refuses it, with the code that a client gets and the header that is named; or it throws what the
 * server has no answer to.
 */
export type HeaderAnswer =
  | { passed: string }
  | { code: number; header?: string | undefined }
  | { broke: string };

export interface CacheHintsAsk extends AtMoment {
  answer: CacheableAnswer;
}

/** The vault of the target, under key encryption keys of the attack's choice. */
export interface LabVault {
  seal(plaintext: string, identity: CredentialIdentity): Promise<Answer<SealedCredential>>;
  open(sealed: SealedCredential, identity: CredentialIdentity): Promise<Answer<string>>;
  rewrap(sealed: SealedCredential, identity: CredentialIdentity): Promise<Answer<SealedCredential>>;
}

/** How the client of topic 22 signs in, and what comes of it in the browser. */
export interface SignInSettings {
  kept?: KeptCredentials[] | undefined;
  /**
   * Parameters that the browser comes back with. `{{state}}` and `{{issuer}}` become those of the
   * request; left out, an honest answer comes.
   */
  callback?: Record<string, string> | undefined;
}

export interface SignInEnd {
  signedIn: boolean;
  /** What its user is told. */
  said: string;
}

/** A local server has started, or its user is asked first. */
export type StartQuestion =
  | { started: true }
  | ({ started: false } & Pick<StartReview, 'text' | 'warnings' | 'approval'>);

/** Calls by users of any issuer, or by nobody, and under which limits. */
export interface SharedCalls {
  limits: CallLimits;
  calls: { tool: string; user?: Pick<Actor, 'issuer' | 'subject'> | undefined }[];
}

/** A key that is not the one of the target's own log. */
export type OtherKey = 'another key' | 'a key that reads the same';

/**
 * How the store of several instances is. `silent`: it answers nothing until it works again; `silent to
 * writes`: it tells what it has, and says nothing to whoever asks for more than that. `losing
 * answers`: it does what it is asked for, and whoever asked is told that it cannot be reached. `full`: it
 * tells what it has, and keeps nothing more.
 */
export type StoreCondition =
  | 'working'
  | 'away'
  | 'silent'
  | 'silent to writes'
  | 'losing answers'
  | 'full';

/** The store that the instances of a target share. */
interface LabStore {
  set(condition: StoreCondition): void;
  /** Steps that instances have asked for and not got. */
  readonly waiting: number;
  /** Resolves when no instance does anything any more, but for waiting. */
  untilQuiet(): Promise<void>;
  /**
   * Runs `work`, in which so many ask at once, in an order that shows who reads and then writes: what is
   * asked first is done of all of them before any is answered, and so on for a few rounds. With
   * `lastFirst` they have their turns the other way around.
   */
  inRoundsOf<T>(askers: number, work: () => Promise<T>, how?: { lastFirst?: boolean }): Promise<T>;
  /** It has lost its memory. */
  forget(): Promise<void>;
  /** What whoever reads it sees: keys and values. */
  contents(): Promise<string[]>;
}

/** Skydiary, where the server's users may sign in, and what anybody may do there. */
interface LabThirdParty {
  /**
   * Starts the server anew, its world as it was; its users sign in at Skydiary from now on. `https`:
   * behind a gateway that ends TLS, so that its `config` has other addresses.
   */
  signInThere(scheme?: 'http' | 'https'): Promise<void>;
  /** Opens its authorization endpoint in a browser, or presses a button on its page. */
  visit(visit: Visit): Promise<Visited>;
  /** A request of anybody's to its APIs. What the server sends there is on the tape. */
  ask(request: SentRequest): Promise<{ status: number; body: unknown }>;
  /** Every token that it has given out so far; no honest answer contains one. */
  tokens(): Promise<string[]>;
  /** A user writes into their diary; `aside` stands in another member of the entry, whatever its name. */
  write(user: string, text: string, aside?: string): Promise<void>;
  /** From now on it refuses these, quotes what it was shown, and has an error code of its own. */
  refuse(what: RefusedThere, saying?: string): Promise<void>;
  /** A user of ours, of whichever issuer, has signed in there as this user. */
  keep(user: Actor, userThere: string): Promise<void>;
  /** The diaries of these users, asked for within one tick while Skydiary takes its time. */
  read(users: Actor[]): Promise<Answer<DiaryEntry[]>[]>;
  /** One browser agrees, and comes back so many times within one tick: how often it is let through. */
  resumeAtOnce(times: number): Promise<number>;
}

/** What an attack may do to the server under attack. One lab serves one firing of one attack. */
export interface LabSession {
  readonly config: ServerConfig;
  /** Unique to this firing, so that nothing can be hard-coded. */
  readonly nonce: string;
  /** The form in which calls are sent from now on; at first that of 2025-11-25. */
  revision: Revision;
  /** A listener on loopback that no honest server has a reason to contact. */
  readonly outOfBand: { url: string; hits(): string[] };

  /**
   * The instances of this server, this one first, and each with the user's whole view of itself. There
   * are several if the attack says so; they have the same configuration, keys, and store.
   */
  readonly instances: readonly LabSession[];
  /** The store of several instances; asking for it is a mistake if there is only one. */
  readonly store: LabStore;

  /** Sends one request and records the exchange. */
  send(request: LabRequest, label?: string): Promise<LabReply>;
  /**
   * Sends requests so that they reach the server in one go: all but their last bytes go ahead, and
   * those leave together. Each function sends one request with a body.
   */
  together(requests: (() => Promise<LabReply>)[]): Promise<LabReply[]>;
  /**
   * Asks a control of the target directly, for what cannot be reached over HTTP: `subject` is the
   * actor and what the decision is about.
   */
  decide(control: PureDecision, subject: DecisionSubject): Promise<'allowed' | 'refused'>;
  /** Posts one request of MCP, as an honest client of its revision does. */
  ask(method: string, params: Record<string, unknown>, options?: CallOptions): Promise<LabReply>;
  /** Posts one `tools/call`, likewise. */
  call(tool: string, args: unknown, options?: CallOptions): Promise<LabReply>;
  /** A token made to a recipe; without one, valid for a user of its own. */
  mint(recipe?: TokenRecipe): Promise<string>;

  /** Everything the server has done since this firing began; the first of several: what all have. */
  tape(): Promise<TapeEntry[]>;
  /** Tool executions on the tape, of the given requests or of all. */
  executions(replies?: LabReply[]): Promise<Extract<TapeEntry, { kind: 'tool' }>[]>;
  /**
   * The target's vault under `keys` (as in `WEATHER_KEKS`); the same vault for the same keys. Asking
   * a vault whose keys the target does not accept is refused.
   */
  vault(keys: string | undefined): LabVault;
  /**
   * Asks one limiter of the target's, the same in the whole firing, moment by moment. Of moments that
   * are still to come none is missed, however long the lab itself takes.
   */
  limiter(steps: LimiterStep[]): Promise<LimiterAnswer[]>;
  /**
   * Uses one new code so many times within one tick, or the refresh token that came of one, as the
   * client it was issued to, at a grant store of the target's of its own.
   */
  useGrantAtOnce(kind: GrantKind, times: number): Promise<GrantUses>;
  /** Asks seals and stores of handles of the target's, which are the same in the whole firing. */
  carried(steps: CarriedStep[]): Promise<Answer<string>[]>;
  /** Asks the target's `reviewTools`. */
  reviewTools(listed: ListedTool[], pins: string[]): Promise<Answer<ToolReview>>;
  /**
   * Asks the target's `verifyAuditLog`, with the key that the server's own log is chained under, or
   * with another one.
   */
  verifyAuditLog(lines: string[], key?: 'another key'): Promise<Answer<number | undefined>>;
  /**
   * Index of the first of these lines that holds the key of the server's log, or nine bytes of it in
   * a row, in hex, base64, base64url or decimals. The key itself is told to nobody.
   */
  lineWithAuditKey(lines: string[]): Promise<number | undefined>;
  /**
   * Asks a limiter of the target's that counts at the store, one call after the other; the same one for
   * the same limits.
   */
  sharedCalls(
    calls: SharedCalls['calls'],
    limits: SharedCalls['limits'],
  ): Promise<Answer<LimitDecision>[]>;
  /**
   * A user signs in twice with one client, at a grant store of the target's of its own; both codes are
   * redeemed before either gets its refresh token. What each gives when it is refreshed.
   */
  signInTwice(): Promise<Answer<string>[]>;
  /**
   * Seals lines in order with the target's `createLineSealer`, as an instance that has just started. All
   * starts of a firing are of the same millisecond. A key that reads the same is another one, of which
   * UTF-8 makes the same text.
   */
  sealLines(lines: string[], key?: OtherKey): Promise<Answer<string[]>>;
  /** Asks the target's `keyOfTenant`, of all of these in their order. */
  keysOfTenants(asks: TenantKeyAsk[]): Promise<Answer<string>[]>;
  /** Asks the target's `keyOfAnswer`, likewise. */
  keysOfAnswers(asks: AnswerKeyAsk[]): Promise<Answer<string>[]>;
  /** Asks the target's `chooseCaching`, likewise. */
  cacheHints(asks: CacheHintsAsk[]): Promise<Answer<CacheHints>[]>;
  /** Asks the target's `detectRevision`, likewise. */
  revisionsOf(asks: SentMessage[]): Promise<HeaderAnswer[]>;
  /** Asks the target's `requireMatchingHeaders`, likewise. */
  matchingHeaders(asks: MatchingAsk[]): Promise<HeaderAnswer[]>;
  /** Asks the target's `verifyMergedLines`, with the key of the instances. */
  verifyMergedLines(lines: string[]): Promise<Answer<number | undefined>>;
  /** What no honest answer contains: for whoever judges an answer, never for a payload. */
  canaries(): Promise<Canaries>;
  /** Makes a part of the world fail, with an error of this message if it is one; undefined: work again. */
  breakDown(part: WorldPart, failure: Failure | string | undefined): Promise<void>;
  /** Puts `text` where outside text comes from: the current condition upstream, and a report. */
  plant(text: string): Promise<void>;
  /** Changes the table of sensors while the server runs. */
  migrate(change: SensorChange): Promise<void>;
  /** Members that the server's code has added to every object of its process since last asked. */
  pollution(): Promise<string[]>;
  /** Puts a document on the web, as far as the server can reach it. */
  publish(url: string, page: PublishedPage): Promise<void>;
  /**
   * The client of topic 22 signs in at an MCP server on the web of the lab, with the decisions of the
   * target. What it opens and sends is on the tape.
   */
  signIn(server: string, settings?: SignInSettings): Promise<SignInEnd>;
  /** The same client comes upon an entry for a local server. What it starts is on the tape. */
  considerStart(name: string, entry: StartEntry): Promise<Answer<StartQuestion>>;
  /** Its user's answer to the latest question about the server of this name. */
  answerStart(name: string, agrees: boolean): Promise<void>;
  /** Starts the server anew, its world as it was, with tokens of this provider taken as well. */
  trust(external: ExternalIssuer): Promise<void>;
  readonly thirdParty: LabThirdParty;
  /**
   * The table of credentials, as whoever reads the server's database sees it; `put` is put there first,
   * in the place of the row of its id, and the row of the id `remove` is taken away.
   */
  credentialRows(put?: CredentialRow, remove?: string): Promise<CredentialRow[]>;
  /** Milliseconds since the epoch on the server's clock, as of its latest word. */
  now(): number;
  /**
   * Moves the server's clock forward, timers included; of several instances that of the first moves
   * those of all, and the store's, and any other its own.
   */
  advance(milliseconds: number): Promise<void>;
  /** Runs `work` while asking a neighbour request again and again. */
  whileWatchingNeighbours(work: () => Promise<unknown>): Promise<{
    /** Longest time a neighbour waited, in milliseconds. */
    longestWaitMs: number;
    /** Processor time the server used meanwhile, in milliseconds; undefined if it never came back. */
    processorMs: number | undefined;
  }>;
  /** Calls the limiter itself for `users` distinct users, lets two windows pass, and measures. */
  floodLimiter(users: number): Promise<{ retainedBytesPerUser: number; polluted: boolean }>;
}

/** The `failure` of a request that waited in vain. A server that hangs up is another matter. */
export const NO_ANSWER_IN_TIME = 'no answer in time';

/** The same, of one whose answer began and went on and on. */
export const ANSWER_WITHOUT_END = 'an answer that did not end';

/** A step that should have worked did not, so nothing can be said about what follows from it. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
}

/** The outcome of one attack variant against one target. */
export interface AttackReport {
  attackId: string;
  variant: string;
  verdict: Verdict;
  /** What happened, in a sentence or two. */
  summary: string;
  breaches: string[];
  complaints: string[];
  /** Why ordinary use failed before or after; reasons for `inconclusive`. */
  controlProblems: string[];
  /** Mistakes in the learner's file that the lab noticed: what happened, in which file. */
  faults: string[];
  exchanges: Exchange[];
  replay?: Replay;
  /** With several firings at once: how each came out. */
  copies?: VerdictCount;
  /** What a report leaves out for its size. */
  leftOut?: LeftOut;
  /** Request id of the exchange to look at first: the one that did harm, or settled the matter. */
  decisive: string | undefined;
  tape: TapeEntry[];
}

export interface LeftOut {
  exchanges: number;
  tapeEntries: number;
}

/** The outcome of one piece of ordinary use against one target. */
export interface UseReport {
  useId: string;
  problems: string[];
  faults: string[];
  exchanges: Exchange[];
  replay?: Replay;
  leftOut?: LeftOut;
  tape: TapeEntry[];
}
