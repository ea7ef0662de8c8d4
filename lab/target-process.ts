/**
 * The lab's side of a target: starts the process that hosts it, asks it things with a deadline, and
 * ends it when it no longer answers. Whatever the learner's code does, a call here settles.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Socket } from 'node:net';
import type { Duplex, Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { readLines } from './bounded-lines.ts';
import {
  FROM_LAB_FD,
  LAST_WORDS_FD,
  MOST_LAST_WORDS_BYTES,
  MOST_LINE_BYTES,
  TO_LAB_FD,
  type Deployment,
  type FromHost,
  type HostRequestName,
  type HostRequests,
  type LastWords,
  type ToHost,
} from './host/host-protocol.ts';
import { fromHost, lastWords, replies } from './answers-of-host.ts';
import { hostBundle, START } from './bundle/host-bundle.ts';
import { inProject, projectFolder } from '../shared/project-path.ts';
import type { RunKeys } from './run-keys.ts';
import type { StoreOutcome } from './store/session-store.ts';
import { learnersFiles, type TargetSpec } from './target-spec.ts';
import { parseJson } from '../shared/parse-json.ts';

/** After which an answer is late, and the host is looked at. To start takes longer. */
const ANSWER_WITHIN_MS = 8_000;
const START_WITHIN_MS = 30_000;
/**
 * A host that works is on its way to an answer, for a while; one that does nothing is not. Whether it
 * does nothing shows on a machine that answers at once only, and not at one look: what it waits for may
 * be done elsewhere, such as by the compiler of its files, and that has to wait for a processor.
 */
const LOOK_EVERY_MS = 700;
const MOST_LOOKS = 26;
const SHORT_LOOK_MS = 50;
const MOST_SHORT_LOOKS = 100;
const IDLE_LOOKS = 3;
const WORKING_SHARE = 0.1;
const AT_ONCE_MS = 40;
/** Nobody waits longer for what is late, whatever else the machine has to do. */
const LATE_FOR_MS = 60_000;
/** A host that printed this much is flooding; the rest is dropped. */
const MOST_OUTPUT_BYTES = 64 * 1024;
const HEAP_LIMIT_MB = 512;

/** A target that cannot be asked. The message is for people and names the file when it is known. */
export class TargetProblem extends Error {
  override readonly name = 'TargetProblem';
}

/** Does what an instance asks for. */
type AskedStore = (step: unknown) => Promise<StoreOutcome>;
type StoreStepAsked = Extract<FromHost, { storeStep: unknown }>['storeStep'];
type AnswerOfHost = Extract<FromHost, { id: number }>;

/** Why there is no answer yet. */
type Lateness = 'idle' | 'works' | 'silent';

export class TargetProcess {
  /** Secret between this lab and this process. */
  readonly guardToken = randomBytes(24).toString('base64url');
  /** With which the host's own code begins its lines; what else writes there does not have it. */
  readonly #wireToken = randomBytes(24).toString('base64url');
  port = 0;
  readonly patience: number;

  readonly #child: ChildProcess;
  readonly #toHost: Writable;
  readonly #waiting = new Map<number, (answer: AnswerOfHost | TargetProblem) => void>();
  /** The store of the instances that it hosts, by instance. */
  readonly #stores = new Map<string, AskedStore>();
  #lastId = 0;
  #lastWords: LastWords | undefined;
  /** Where memory was being taken, when it was a lot. */
  #growing: Extract<LastWords, { kind: 'growing' }> | undefined;
  #output = '';
  #ranOutOfHeap = false;
  #ended: TargetProblem | undefined;
  #endedItself = false;
  /** Whether anybody has been told why it ended. */
  #toldEnd = false;
  /** Targets with code of a learner's that it has hosted, as JSON, and what it hosts now. */
  readonly #hosted = new Set<string>();
  #hosts: TargetSpec | undefined;
  /** Set while an answer is late, and the host still works. */
  #working: Promise<Lateness> | undefined;
  /** Host's virtual time minus real time, in milliseconds. */
  #clockOffset = 0;

  /**
   * Every deadline is multiplied by `patience`; below 1 it is for tests of code that never ends.
   * `environment` is given to the process beside what it needs to run.
   */
  static async start(
    keys: RunKeys,
    patience = 1,
    environment: Record<string, string> = {},
  ): Promise<TargetProcess> {
    const target = new TargetProcess(await hostBundle(), patience, environment);
    const { port } = await target.ask(
      'start',
      { guardToken: target.guardToken, wireToken: target.#wireToken, ...keys },
      START_WITHIN_MS / patience,
    );
    target.port = port;
    return target;
  }

  private constructor(bundle: string, patience: number, environment: Record<string, string>) {
    this.patience = patience;
    this.#child = spawn(
      process.execPath,
      [`--max-old-space-size=${HEAP_LIMIT_MB}`, path.join(bundle, START), String(patience)],
      {
        cwd: projectFolder,
        stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
        env: { ...environment, ...neededEnvironment(), NODE_ENV: 'development', FORCE_COLOR: '0' },
      },
    );
    const pipes = this.#child.stdio as unknown as Duplex[];
    this.#toHost = pipes[FROM_LAB_FD] as Duplex;
    // A failed write means the process is going; its `close` event tells the reason.
    this.#toHost.on('error', () => undefined);
    this.#listenForAnswers(pipes[TO_LAB_FD] as Duplex);
    this.#listenForLastWords(pipes[LAST_WORDS_FD] as Duplex);
    this.#child.on('error', (error) => this.#end(new TargetProblem(error.message)));
    // `close` comes after the pipes are drained, so the last words have arrived.
    this.#child.on('close', (code, signal) => {
      this.#endedItself = this.alive;
      this.#end(new TargetProblem(this.#explainEnd(code, signal)));
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#keep(chunk));
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#keep(chunk));
    this.#keepNobodyAlive();
  }

  /** Virtual time of the target, in milliseconds since the epoch. */
  now(): number {
    return Date.now() + this.#clockOffset;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get alive(): boolean {
    return this.#ended === undefined;
  }

  /** Opens a fresh server made to `spec`. */
  open(spec: TargetSpec, deployment?: Deployment): Promise<HostRequests['open']['reply']> {
    this.#hosts = spec;
    this.#output = '';
    if (learnersFiles(spec)) this.#hosted.add(JSON.stringify(spec));
    return this.ask('open', { spec, deployment });
  }

  /** From now on this instance gets what it asks of a store from this one; undefined: nothing. */
  connectStore(instance: string, store: AskedStore | undefined): void {
    if (store) this.#stores.set(instance, store);
    else this.#stores.delete(instance);
  }

  /** Whether it ended by itself, and nobody else's code has run here that could have ended it. */
  endedBy(spec: TargetSpec): boolean {
    const isOnlyOne = this.#hosted.size === 1 && this.#hosted.has(JSON.stringify(spec));
    return this.#endedItself && isOnlyOne;
  }

  /** Why code under test ended it when nobody was asking, once. */
  takeUntoldEnd(spec: TargetSpec): TargetProblem | undefined {
    if (!this.#ended || this.#toldEnd || !this.endedBy(spec)) return undefined;
    return this.#tellEnd(this.#ended);
  }

  /** What was printed since the latest server was opened, without the end if it is too much. */
  get output(): string {
    return this.#output;
  }

  /** What to say of a target that printed too much, or undefined. */
  get flood(): string | undefined {
    // What is left in the pipe of an earlier server is not this one's; ours print nothing.
    const isOurs = !this.#hosts || !learnersFiles(this.#hosts);
    if (isOurs || this.#output.length < MOST_OUTPUT_BYTES) return undefined;
    return this.#naming('More was printed than anybody can read; the end was dropped.');
  }

  async ask<Name extends HostRequestName>(
    name: Name,
    ask: HostRequests[Name]['ask'],
    withinMs = ANSWER_WITHIN_MS,
  ): Promise<HostRequests[Name]['reply']> {
    if (this.#ended) throw this.#tellEnd(this.#ended);
    const late = new AbortController();
    const asked = this.#exchange(name, ask).finally(() => late.abort());
    const answer = await Promise.race([asked, this.#giveUpAfter(withinMs, late.signal)]);
    if (answer instanceof TargetProblem) throw this.#tellEnd(answer);
    if ('error' in answer) throw new TargetProblem(answer.error.message);
    const reply = replies[name].safeParse(answer.reply);
    if (!reply.success)
      throw this.#tellEnd(await this.#endForNonsense(z.prettifyError(reply.error)));
    return reply.data as HostRequests[Name]['reply'];
  }

  /**
   * Resolves when nothing is done any more that could lead to an answer, or when that has gone on for
   * long. A main thread that is stuck does not answer this either; it is ended by the word of the
   * thread that watches it.
   *
   * @throws if the target ends meanwhile
   */
  whileWorking(): Promise<Lateness> {
    this.#working ??= this.#watchWorking().finally(() => (this.#working = undefined));
    return this.#working;
  }

  /**
   * Resolves when nothing has been done for a short while, longer on a machine that gives this process
   * little time: then what was sent has been read, and has come as far as it comes by itself.
   *
   * @throws if the target ends meanwhile
   */
  async untilQuiet(): Promise<void> {
    await this.#watchWorking({ everyMs: SHORT_LOOK_MS, most: MOST_SHORT_LOOKS });
  }

  async #watchWorking(
    { everyMs, most } = { everyMs: LOOK_EVERY_MS, most: MOST_LOOKS },
  ): Promise<Lateness> {
    const every = everyMs * this.patience;
    let before = await this.#workedMs();
    let idle = 0;
    for (let looks = 0; looks < most; looks++) {
      const began = performance.now();
      await pause(every, undefined, { ref: false });
      const now = await this.#workedMs();
      const isStarved = performance.now() - began - every > AT_ONCE_MS;
      idle = isStarved || now - before >= WORKING_SHARE * every ? 0 : idle + 1;
      if (idle === IDLE_LOOKS) return 'idle';
      before = now;
    }
    return 'works';
  }

  async #workedMs(): Promise<number> {
    const answer = await this.#exchange('workedTime', null);
    if (answer instanceof TargetProblem) throw answer;
    return 'reply' in answer ? Number(answer.reply) : 0;
  }

  /** Ends the process and waits until it is gone. */
  async stop(reason = new TargetProblem('The target was stopped.')): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#end(this.#tellEnd(reason));
    this.#child.ref(); // whoever stops it does wait
    const gone = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    this.#child.kill('SIGKILL');
    await gone;
  }

  /** Settles with what the host says to it, or with why it has ended. */
  #exchange<Name extends HostRequestName>(
    name: Name,
    ask: HostRequests[Name]['ask'],
  ): Promise<AnswerOfHost | TargetProblem> {
    if (this.#ended) return Promise.resolve(this.#ended);
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, (settled) => {
        this.#waiting.delete(id);
        resolve(settled);
      });
      this.#send({ id, name, ask } as ToHost);
    });
  }

  /** Ends a target that is late with an answer, as soon as it is clear that none is to come. */
  async #giveUpAfter(withinMs: number, answered: AbortSignal): Promise<TargetProblem> {
    const waiting = { signal: answered };
    try {
      await pause(withinMs * this.patience, undefined, waiting);
      const lateness = await Promise.race([
        this.whileWorking(),
        pause(LATE_FOR_MS * this.patience, 'silent' as const, waiting),
      ]);
      const problem = new TargetProblem(this.#explainLateness(lateness));
      if (!answered.aborted) await this.stop(problem);
      return problem;
    } catch (error) {
      if (error instanceof TargetProblem) return error;
      // It has been answered: nobody looks at this any more.
      return new TargetProblem('The target answered.');
    }
  }

  /** A lab that nobody waits for may end, and this process with it. */
  #keepNobodyAlive(): void {
    this.#child.unref();
    for (const pipe of this.#child.stdio) (pipe as Socket | null)?.unref();
  }

  #end(problem: TargetProblem): void {
    if (this.#ended) return;
    this.#ended = problem;
    for (const settle of this.#waiting.values()) settle(problem);
  }

  #tellEnd<Problem extends TargetProblem>(problem: Problem): Problem {
    this.#toldEnd = true;
    return problem;
  }

  /** With the place in a learner's file ahead; where there is none, with the files it can be in. */
  #naming(message: string, where?: string): string {
    if (where) return `${inProject(where)}: ${message}`;
    const files = this.#hosts && learnersFiles(this.#hosts);
    return files ? `${message} The code under test is ${files}.` : message;
  }

  #explainStall(): string {
    const where = this.#lastWords?.kind === 'stalled' ? this.#lastWords.where : undefined;
    // Short of memory, a process does little but look for some.
    if (this.#growing) return this.#explainMemory('more memory than any server needs');
    return where
      ? this.#naming('the code here did not come to an end; the target was stopped.', where)
      : this.#naming('The target did not come to an end with what it did, and was stopped.');
  }

  #explainLateness(lateness: Lateness): string {
    switch (lateness) {
      case 'idle':
        return this.#naming(
          'The target waits for a promise that nothing settles, and was stopped.',
        );
      case 'works':
        return this.#naming(
          'Too slow to tell: the target still worked on its answer when it was stopped.',
        );
      case 'silent': {
        const seconds = Math.round((LATE_FOR_MS * this.patience) / 1000);
        return this.#naming(
          `Too slow to tell: the target was given no time to answer for ${seconds} s, and was stopped.`,
        );
      }
    }
  }

  #explainMemory(amount: string): string {
    return this.#naming(`The target used ${amount} and was ended.`, this.#growing?.where);
  }

  #explainEnd(code: number | null, signal: NodeJS.Signals | null): string {
    const words = this.#lastWords;
    if (words?.kind === 'exit')
      return this.#naming(`the code ended the process with ${words.call}.`, words.where);
    if (words?.kind === 'error')
      return this.#naming(
        `an error nobody caught ended the process: ${words.message}`,
        words.where,
      );
    if (this.#ranOutOfHeap) return this.#explainMemory(`more than ${HEAP_LIMIT_MB} MB of memory`);
    return this.#naming(`The target's process ended (${signal ?? `exit code ${code}`}).`);
  }

  #keep(chunk: Buffer): void {
    const text = chunk.toString('utf8');
    // After a flood as well, of which the end is not kept.
    this.#ranOutOfHeap ||= /heap out of memory|Allocation failed/.test(text);
    if (this.#output.length < MOST_OUTPUT_BYTES) this.#output += text;
  }

  /** Learner code can write there, too: what the host's own has not written ends this target. */
  #listenForAnswers(pipe: Readable): void {
    const begin = `${this.#wireToken} `;
    const take = (line: string): void => {
      const answer =
        line.startsWith(begin) && fromHost.safeParse(parseJson(line.slice(begin.length)));
      if (!answer || !answer.success) {
        void this.#endForNonsense('It was written by none of the lab’s own code.');
        return;
      }
      this.#clockOffset = answer.data.now - Date.now();
      if ('storeStep' in answer.data) {
        void this.#askStore(answer.data.storeStep);
        return;
      }
      this.#waiting.get(answer.data.id)?.(answer.data);
    };
    readLines(pipe, MOST_LINE_BYTES, take, () => void this.#endForNonsense('It has no end.'));
  }

  #send(message: ToHost): void {
    this.#toHost.write(`${JSON.stringify(message)}\n`);
  }

  async #askStore({ instance, call, step }: StoreStepAsked): Promise<void> {
    const outcome = (await this.#stores.get(instance)?.(step)) ?? {
      failed: 'There is no store.',
    };
    this.#send({ name: 'storeAnswered', call, outcome });
  }

  #listenForLastWords(pipe: Readable): void {
    const take = (line: string): void => {
      const found = lastWords.safeParse(parseJson(line));
      if (!found.success) {
        void this.#endForNonsense('It is not what a process says on its last breath.');
        return;
      }
      const words: LastWords = found.data;
      if (words.kind === 'growing') this.#growing = words;
      else if (words.kind !== 'stuck') this.#lastWords = words;
      // The start has a deadline of its own: reading every file takes as long as it takes.
      if (words.kind === 'stuck' && this.port !== 0) {
        void this.stop(new TargetProblem(this.#explainStall()));
      }
      if (words.kind === 'growing' && words.tooMuch) {
        void this.stop(new TargetProblem(this.#explainMemory('more than a gigabyte of memory')));
      }
    };
    readLines(pipe, MOST_LAST_WORDS_BYTES, take, () => void this.#endForNonsense('It has no end.'));
  }

  async #endForNonsense(why: string): Promise<TargetProblem> {
    const message = `Something was written to the lab that it cannot read, and the target was stopped. ${why}`;
    const problem = new TargetProblem(this.#naming(message));
    this.#endedItself = this.alive;
    await this.stop(problem);
    return this.#ended ?? problem;
  }
}

/** Learner code gets what a process needs to run, and none of the secrets a shell may hold. */
export function neededEnvironment(): NodeJS.ProcessEnv {
  const needed = [
    'PATH',
    'HOME',
    'TMPDIR',
    'TEMP',
    'TMP',
    'SYSTEMROOT',
    'USERPROFILE',
    'LANG',
    'TZ',
  ];
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => needed.includes(name.toUpperCase())),
  );
}
