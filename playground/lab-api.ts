/**
 * The contract between the page and the lab. Types only; both sides import them from here.
 *
 * Every request carries the header `x-lab-token` with the value of `<meta name="lab-token">`.
 * Errors answer with JSON `{ error: string }`: one sentence for people.
 */
import type { AuditResult } from '../audit/audit-server.ts';
import type { Reference } from '../lab/attack.ts';
import type { AttackReport, UseReport, Verdict } from '../lab/protocol.ts';
import type { Burst, BurstReport, Destination } from '../studies/burst/shared.ts';
import type { EnvelopeReport, Operation, Owner } from '../studies/envelope/shared.ts';
import type { FlowId, FlowWalk } from '../studies/flow/shared.ts';
import type { GradeStep } from '../grader/grading/grade-steps.ts';
import type { ShownHints } from '../grader/progress/hints.ts';
import type { FilesStanding } from '../grader/progress/files-standing.ts';
import type { TopicProgress as KeptProgress } from '../grader/progress/progress.ts';
import type { WholeServerItem } from '../grader/whole-server.ts';
import type { Incident } from '../studies/forensics/shared.ts';
import type { StudyTool, StudyUser, TokenChanges, TokenReport } from '../studies/tokens/shared.ts';

export type TargetName = 'baseline' | 'yours' | 'reference';

export interface AttackSummary {
  id: string;
  title: string;
  level: 'core' | 'stretch';
  story: string;
  secureAnswer: string;
  lessonAnchor: string;
  references: Reference[];
  /** Payload texts (pretty-printed JSON) by variant name. */
  variants: Record<string, string>;
}

export interface UseSummary {
  id: string;
  title: string;
  level: 'core' | 'stretch';
  why: string;
  /** False if the insecure server's mistakes break this as well. */
  worksOnBaseline: boolean;
  lessonAnchor: string;
  references: Reference[];
}

export interface TopicSummary {
  /** `05-access-tokens`; also the name of the lesson file. */
  slug: string;
  number: string;
  /** Of the course, from 1; the last topic of a part ends it. */
  part: number;
  title: string;
  summary: string;
  /** Stub files, relative to the project folder. */
  stubs: string[];
  /** Ids of the questions of its quiz. */
  questions: string[];
  /** Ids of the checks of its fast track; empty for a topic that has no part in it. */
  fastTrack: string[];
  /** Names of the stub files that decide these. */
  fastTrackFiles: string[];
  attacks: AttackSummary[];
  uses: UseSummary[];
}

/** `GET /lab/catalogue` */
export interface Catalogue {
  /** The project folder, for editors that open a file by its address. */
  folder: string;
  /** Files of the given server, relative to it, the contracts first. */
  given: string[];
  topics: TopicSummary[];
}

/**
 * `POST /lab/fire`. The answer is a stream of JSON lines, one `FireEvent` each, as targets finish.
 * With `payload` (JSON text) the learner's own text is fired instead of the variant's.
 * A body over 64 KiB is refused with 413; whoever stops reading stops a series.
 */
export interface FireRequest {
  attackId: string;
  variant: string;
  payload?: string;
  targets: TargetName[];
  repeat?: Repeat;
}

/** The same shot several times. */
export type Repeat =
  /** One after another, 2 to 50, each at a server of its own. It ends early at a broken target. */
  | { how: 'in-turn'; times: number }
  /** 2 to 20 at the same time, at one server. Attacks only. */
  | { how: 'at-once'; times: number };

/** `POST /lab/use`: the same for ordinary use. */
export interface UseRequest {
  useId: string;
  targets: TargetName[];
  repeat?: Extract<Repeat, { how: 'in-turn' }>;
}

/** How one shot at one target came out. */
export type ShotResult = Verdict | 'works' | 'fails' | 'broken';
/** How many shots came out in which way. */
export type Tally = Partial<Record<ShotResult, number>>;

export type FireEvent =
  /** What a repeated shot gave so far; the report of the last one comes at the end. */
  | { type: 'tally'; target: TargetName; tally: Tally }
  | { type: 'report'; target: TargetName; report: AttackReport; milliseconds: number }
  | { type: 'use-report'; target: TargetName; report: UseReport; milliseconds: number }
  /** The target could not be asked: the learner's file does not load, hangs, ends the process. */
  | { type: 'broken'; target: TargetName; message: string }
  | { type: 'done' };

/** `GET /lab/flow` answers with the flows, a `Flow[]`; `POST /lab/flow` walks one. */
export interface FlowRequest {
  flow: FlowId;
  /** Ids of the switches that are on. */
  sabotages: string[];
  targets: TargetName[];
}

/**
 * `POST /lab/whole-server`: fires all that the topics of a part have at one target, all of them together.
 * The answer is a stream of JSON lines, one `WholeServerEvent` each; whoever stops reading stops it.
 */
export interface WholeServerRequest {
  target: TargetName;
  /** Number of a part, from 1. */
  part: number;
}

export type WholeServerEvent =
  | { type: 'plan'; items: number }
  | { type: 'item'; item: WholeServerItem }
  /** `report` is the checklist as Markdown. */
  | { type: 'done'; report: string };

/** The routes that study targets: what each is asked with `POST`, and what it finds at a target. */
export interface Studies {
  '/lab/flow': { request: FlowRequest; study: FlowWalk };
  '/lab/burst': { request: BurstRequest; study: BurstReport };
  '/lab/envelope': { request: EnvelopeRequest; study: EnvelopeReport };
  '/lab/tokens': { request: TokenRequest; study: TokenReport };
  '/lab/forensics': { request: ForensicsRequest; study: Incident };
}

/** They answer with a stream of JSON lines, one of these each. */
export type StudyEvent<Study> =
  | { type: 'study'; target: TargetName; study: Study; milliseconds: number }
  | { type: 'broken'; target: TargetName; message: string }
  | { type: 'done' };

/** `POST /lab/burst`: fires a schedule of calls. */
export interface BurstRequest {
  bursts: Burst[];
  to: Destination;
  targets: TargetName[];
}

/**
 * `POST /lab/envelope`: seals two credentials, does things to them, and opens them. Every request
 * seals afresh. `POST /lab/same-iv` takes the texts alone and answers with a `SameIvTwice`.
 */
export interface EnvelopeRequest {
  texts: Record<Owner, string>;
  operations: Operation[];
  targets: TargetName[];
}

/**
 * `POST /lab/tokens`: gets a real access token at each target, changes it, and presents the result if
 * asked to. Every request gets a token afresh.
 */
export interface TokenRequest {
  user: StudyUser;
  changes: TokenChanges;
  tool: StudyTool;
  present: boolean;
  targets: TargetName[];
}

/**
 * `POST /lab/forensics`: lets an incident happen. The targets differ in their logs only.  What is right stays in the lab; `POST /lab/forensics/answer` is answered with an `AnswerVerdict`.
 */
export interface ForensicsRequest {
  targets: TargetName[];
}
export interface ForensicsAnswer {
  incident: string;
  question: string;
  answer: string;
}

/**
 * `POST /lab/grade`: what `npm run grade` does with these topics. The answer is a stream of JSON
 * lines, one `GradeStep` each; whoever stops reading stops the grade. While one is under way, another
 * is refused with 409.
 */
export interface GradeRequest {
  /** Slugs. */
  topics: string[];
  /** Fires the stretch attacks as well. */
  stretch?: boolean;
  /** Only the checks of the fast track. */
  fastTrack?: boolean;
}
export type { GradeStep };

/** `POST /lab/hints`: the hints that were shown before and, unless `again`, one more. */
export interface HintsRequest {
  topic: string;
  again: boolean;
}
export type { ShownHints };

/** `GET /lab/events`: a stream of JSON lines that stays open. A `hello` comes first. */
export type LabEvent =
  | { type: 'hello' }
  /** A file of the learner's changed; the next firing uses it. Sent once the target is ready again. */
  | { type: 'stub-changed'; slug: string; file: string; problem?: string }
  /** There is more progress than before, made by this page, another one, or a command. */
  | { type: 'progress-changed' }
  /** Sent every 15 s so that a dead connection is noticed. */
  | { type: 'still-here' };

/** `GET /lab/progress`: what the learner has done, here and in the terminal. */
export interface TopicProgress extends KeptProgress {
  files?: FilesStanding;
  /** Why the learner's files do not load, as far as the lab has tried them. */
  problem?: string;
}
/** Topic slug -> what was done there. */
export type Progress = Record<string, TopicProgress>;

/** `POST /lab/progress` takes some topics' marks and adds them. */
export type Marks = Pick<TopicProgress, 'read' | 'verdicts' | 'answers'>;

/**
 * `POST /lab/progress/reset`: forgets all of it. What was there is put aside under another name; the
 * files, relative to the project folder.
 */
export interface ProgressReset {
  putAside: string[];
}

/** `POST /lab/pin`: `npm run grade` will fire this payload too. Without a name it gets one. */
export interface PinRequest {
  attackId: string;
  name?: string;
  /** JSON text that fits the attack. */
  payload: string;
}

/** `POST /lab/unpin` */
export interface UnpinRequest {
  attackId: string;
  name: string;
}

/** `GET /lab/stub?file=…`: a stub of the curriculum, by its name relative to the project folder. */
export interface StubText {
  /** With `\n` at the end of every line, whatever the file has. */
  text: string;
  /** SHA-256 of the bytes of the file. */
  version: string;
}

/**
 * `GET /lab/reference?file=…`: the solution beside a stub, by the stub's name; 403 until the topic is
 * solved, or its reference was asked for.
 */
export interface ReferenceText {
  text: string;
}

/**
 * `GET /lab/given?file=…`: a file of the given server. `GET /lab/shipped?file=…`: a stub as it was
 * shipped.
 */
export interface GivenText {
  text: string;
}

/**
 * `POST /lab/stub`: writes a stub, with the line ends it has, if it still is the version the text
 * began with. The answer is its `StubText` from then on, or 409 with a `StubConflict`.
 */
export interface StubSave extends StubText {
  file: string;
}

/**
 * `POST /lab/server-audit`: what `npm run audit` asks and judges, of a server on this machine. Answers
 * with steps, the last of which is `done` or `problem`; who stops reading stops the audit.
 */
export interface ServerAuditRequest {
  url: string;
  token?: string;
  /** Where there is no token, get one with the user's help. */
  signIn: boolean;
}

export type ServerAuditStep =
  | { type: 'asked'; requests: number }
  /** The user is to open this, and sign in. */
  | { type: 'sign-in'; url: string }
  | { type: 'problem'; message: string }
  | {
      type: 'done';
      /** What fails stands first, the gravest before the others. */
      result: AuditResult;
      counts: string;
      reports: { html: string; sarif: string };
    };

/** `POST /lab/code/problems`: what is wrong with a stub that has this text. Answers `CodeProblem[]`. */
export interface CodeText {
  file: string;
  /** With `\n` at the end of every line; it need not be saved. */
  text: string;
}

/**
 * `POST /lab/code/completions` and `/lab/code/explanation`: what fits at a place of that text, and
 * what stands there; the answers are `CodeCompletions`, and a `CodeExplanation` or null. 503 where
 * TypeScript does not answer.
 */
export interface CodePlace extends CodeText {
  /** In UTF-16 units, as of all offsets here. */
  offset: number;
}

export interface CodeCompletions {
  /** Where the word begins that they stand for. */
  from: number;
  /** False if there are more than these: ask again with every further letter. */
  isComplete: boolean;
  options: CodeCompletion[];
}

export interface CodeCompletion {
  label: string;
  /** What is written, if that is not the label. */
  insert?: string;
  kind:
    | 'class'
    | 'constant'
    | 'enum'
    | 'function'
    | 'interface'
    | 'keyword'
    | 'method'
    | 'namespace'
    | 'property'
    | 'text'
    | 'type'
    | 'variable';
  detail?: string;
}

export interface CodeExplanation {
  from: number;
  to: number;
  /** Type and documentation, as plain text. */
  text: string;
}

export interface CodeProblem {
  from: number;
  to: number;
  severity: 'error' | 'warning' | 'info';
  message: string;
}

/** The file as somebody else wrote it; nothing was overwritten. */
export interface StubConflict extends StubText {
  error: string;
}
