/**
 * The lab's side of a target: starts the process that hosts it, asks it things with a deadline, and
 * ends it when it no longer answers. Whatever the learner's code does, a call here settles.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { FromHost, HostRequestName, HostRequests, LastWords } from './host-protocol.ts';
import { inProject, projectFolder } from './project-path.ts';
import type { RunKeys } from './run-keys.ts';

/** How long a healthy host may take to answer. Starting it has a longer deadline of its own. */
const ANSWER_WITHIN_MS = 8_000;
const START_WITHIN_MS = 30_000;
/** How long a host that was seen to stall gets to come back; then it is ended. */
const RECOVER_WITHIN_MS = 2_500;
/** A host that printed this much is flooding; the rest is dropped. */
const MOST_OUTPUT_BYTES = 64 * 1024;
const HEAP_LIMIT_MB = 512;

/** A target that cannot be asked. The message is for people and names the file when it is known. */
export class TargetProblem extends Error {
  override readonly name = 'TargetProblem';
}

export class TargetProcess {
  /** Secret between this lab and this process. */
  readonly guardToken = randomBytes(24).toString('base64url');
  port = 0;

  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: FromHost | TargetProblem) => void>();
  #lastId = 0;
  #lastWords: LastWords | undefined;
  #output = '';
  #ended: TargetProblem | undefined;
  /** Host's virtual time minus real time, in milliseconds. */
  #clockOffset = 0;

  static async start(keys: RunKeys): Promise<TargetProcess> {
    const target = new TargetProcess();
    const { port } = await target.ask(
      'start',
      { guardToken: target.guardToken, ...keys },
      START_WITHIN_MS,
    );
    target.port = port;
    return target;
  }

  private constructor() {
    this.#child = fork(path.join(import.meta.dirname, 'host.ts'), [], {
      cwd: projectFolder,
      execArgv: ['--import', 'tsx', `--max-old-space-size=${HEAP_LIMIT_MB}`],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
      env: { ...neededEnvironment(), NODE_ENV: 'development', FORCE_COLOR: '0' },
    });
    this.#child.on('message', (answer: FromHost) => {
      this.#clockOffset = answer.now - Date.now();
      this.#waiting.get(answer.id)?.(answer);
    });
    this.#child.on('error', (error) => this.#end(new TargetProblem(error.message)));
    // `close` comes after the pipes are drained, so the last words have arrived.
    this.#child.on('close', (code, signal) =>
      this.#end(new TargetProblem(this.#explainEnd(code, signal))),
    );
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#keep(chunk));
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#keep(chunk));
    this.#listenForLastWords(this.#child.stdio[4] as Readable);
    this.#keepNobodyAlive();
  }

  /** Virtual time of the target, in milliseconds since the epoch. */
  now(): number {
    return Date.now() + this.#clockOffset;
  }

  get alive(): boolean {
    return this.#ended === undefined;
  }

  /** What the target printed, without the end if it printed too much. */
  get output(): string {
    return this.#output;
  }

  async ask<Name extends HostRequestName>(
    name: Name,
    ask: HostRequests[Name]['ask'],
    withinMs = ANSWER_WITHIN_MS,
  ): Promise<HostRequests[Name]['reply']> {
    if (this.#ended) throw this.#ended;
    const id = ++this.#lastId;
    const answer = await new Promise<FromHost | TargetProblem>((resolve) => {
      const deadline = setTimeout(() => void this.#giveUp(resolve), withinMs);
      this.#waiting.set(id, (settled) => {
        clearTimeout(deadline);
        this.#waiting.delete(id);
        resolve(settled);
      });
      this.#child.send({ id, name, ask }, (error) => {
        // A failed send means the process is going; its `close` event tells the reason.
        if (error) setTimeout(() => resolve(this.#ended ?? new TargetProblem(error.message)), 1000);
      });
    });
    if (answer instanceof TargetProblem) throw answer;
    if ('error' in answer) throw new TargetProblem(answer.error.message);
    return answer.reply as HostRequests[Name]['reply'];
  }

  /** Whether the target answers at all right now; one that does not is ended. */
  async responds(withinMs: number): Promise<boolean> {
    try {
      await this.ask('processorTime', null, withinMs);
      return true;
    } catch {
      return false;
    }
  }

  /** Ends the process and waits until it is gone. */
  async stop(reason = new TargetProblem('The target was stopped.')): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#end(reason);
    this.#child.ref(); // whoever stops it does wait
    const gone = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    this.#child.kill('SIGKILL');
    await gone;
  }

  async #giveUp(resolve: (problem: TargetProblem) => void): Promise<void> {
    const problem = new TargetProblem(this.#explainStall());
    resolve(problem);
    await this.stop(problem);
  }

  /** A lab that nobody waits for may end, and this process with it. */
  #keepNobodyAlive(): void {
    this.#child.unref();
    this.#child.channel?.unref();
    for (const pipe of this.#child.stdio) (pipe as Socket | null)?.unref();
  }

  #end(problem: TargetProblem): void {
    if (this.#ended) return;
    this.#ended = problem;
    for (const settle of this.#waiting.values()) settle(problem);
  }

  #explainStall(): string {
    const where = this.#lastWords?.kind === 'stalled' ? this.#lastWords.where : undefined;
    return where
      ? `${inProject(where)}: the code here did not come to an end; the target was stopped.`
      : 'The target stopped answering and was stopped.';
  }

  #explainEnd(code: number | null, signal: NodeJS.Signals | null): string {
    const words = this.#lastWords;
    const at = words?.where ? `${inProject(words.where)}: ` : '';
    if (words?.kind === 'exit')
      return `${at}the code ended the process with process.exit(${words.code}).`;
    if (words?.kind === 'error')
      return `${at}an error nobody caught ended the process: ${words.message}`;
    if (/heap out of memory|Allocation failed/.test(this.#output)) {
      return `The target used more than ${HEAP_LIMIT_MB} MB of memory and was ended.`;
    }
    return `The target's process ended (${signal ?? `exit code ${code}`}).`;
  }

  #keep(chunk: Buffer): void {
    if (this.#output.length < MOST_OUTPUT_BYTES) this.#output += chunk.toString('utf8');
  }

  #listenForLastWords(pipe: Readable): void {
    let pending = '';
    pipe.on('data', (chunk: Buffer) => {
      pending += chunk.toString('utf8');
      const lines = pending.split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) {
        this.#lastWords = JSON.parse(line) as LastWords;
        if (this.#lastWords.kind === 'stalled') void this.responds(RECOVER_WITHIN_MS);
      }
    });
  }
}

/** Learner code gets what a process needs to run, and none of the secrets a shell may hold. */
function neededEnvironment(): NodeJS.ProcessEnv {
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
