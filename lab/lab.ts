/**
 * The lab: keeps one process for the targets it is asked about and fires attacks at them. When
 * learner code ends or stalls that process, the lab says so, starts another, and goes on.
 */
import type { Attack, LegitimateUse } from './attack.ts';
import type { AttackReport, UseReport } from './protocol.ts';
import { runAttack, runUse, type OpenSession } from './run-attack.ts';
import { StoreSource, type StoreKind } from './store/open-stores.ts';
import { TargetSession } from './target-session.ts';
import { OutOfBandListener } from './out-of-band.ts';
import { makeRunKeys, type RunKeys } from './run-keys.ts';
import { TargetProblem, TargetProcess } from './target-process.ts';
import type { TargetSpec } from './target-spec.ts';

/** A spare is started when the lab was idle for so long: it must not slow down what is waited for. */
const IDLE_MS = 200;

export interface LabOptions {
  /** Keeps a second process started and warm, so that a restart costs nothing. */
  keepSpare?: boolean;
  /** Multiplies every deadline; below 1 it is for tests of code that never ends. */
  patience?: number;
  /** What several instances share. Default: a server, if there is one on this machine. */
  store?: StoreKind;
  /** For the target's process, beside the little it is given anyway. */
  environment?: Record<string, string>;
}

export class Lab {
  readonly #keys: RunKeys;
  readonly #oob: OutOfBandListener;
  readonly #keepSpare: boolean;
  readonly #patience: number;
  readonly #environment: Record<string, string>;
  #process: Promise<TargetProcess> | undefined;
  #spare: Promise<TargetProcess> | undefined;
  /** Processes of further instances, for what has several. */
  #others: Promise<TargetProcess>[] = [];
  readonly #stores: StoreSource;
  #startingSpare: NodeJS.Timeout | undefined;
  /** Firings share the target's clock, so they wait for each other. */
  #queue: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | undefined;

  static async open(options: LabOptions = {}): Promise<Lab> {
    return new Lab(await makeRunKeys(), await OutOfBandListener.open(), options);
  }

  private constructor(keys: RunKeys, oob: OutOfBandListener, options: LabOptions) {
    this.#keys = keys;
    this.#oob = oob;
    this.#keepSpare = options.keepSpare ?? false;
    this.#patience = options.patience ?? 1;
    this.#environment = options.environment ?? {};
    this.#stores = new StoreSource(options.store ?? 'server');
  }

  fire(
    spec: TargetSpec,
    attack: Attack,
    variant: string,
    payload: unknown = attack.variants[variant],
    copies = 1,
  ): Promise<AttackReport> {
    const parsed = attack.payload.parse(payload);
    return this.#inTurn(() =>
      this.#withTarget(spec, (open) => runAttack(attack, variant, parsed, open, copies)),
    );
  }

  try(spec: TargetSpec, use: LegitimateUse): Promise<UseReport> {
    return this.#inTurn(() => this.#withTarget(spec, (open) => runUse(use, open)));
  }

  /** Does something with a fresh server that is neither an attack nor ordinary use. */
  study<T extends { faults: string[] }>(
    spec: TargetSpec,
    work: (session: TargetSession) => Promise<T>,
    instances = 1,
  ): Promise<T> {
    return this.#inTurn(() =>
      this.#withTarget(spec, async (open) => {
        const session = await open(instances);
        try {
          return await work(session);
        } finally {
          await session.close().catch(() => undefined);
        }
      }),
    );
  }

  /** Why a target cannot be used, or undefined. */
  async problemWith(spec: TargetSpec): Promise<string | undefined> {
    try {
      await this.#inTurn(() =>
        this.#withTarget(spec, async (open) => {
          await (await open()).close();
          return { faults: [] };
        }),
      );
      return undefined;
    } catch (error) {
      if (error instanceof TargetProblem) return error.message;
      throw error;
    }
  }

  /** Starts the process ahead of need. */
  async warmUp(): Promise<void> {
    await this.#ensureProcess();
    this.#startSpareWhenIdle();
  }

  /** Gives up the process once it is idle; the next one reads every file afresh. */
  restart(): Promise<void> {
    return this.#inTurn(async () => {
      const ending = this.#endProcess();
      if (!this.#keepSpare) await ending;
    });
  }

  /** Ends everything at once, whatever is going on. Whoever asks settles when nothing is left. */
  close(): Promise<void> {
    this.#closing ??= this.#endEverything();
    return this.#closing;
  }

  async #endEverything(): Promise<void> {
    clearTimeout(this.#startingSpare);
    const spare = this.#spare;
    this.#spare = undefined;
    await Promise.all([this.#endProcess(), stop(spare)]);
    await this.#stores.close();
    this.#oob.close();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(this.#startingSpare);
    const turn = this.#queue.then(work);
    const settled = turn.then(
      () => undefined,
      () => undefined,
    );
    this.#queue = settled;
    void settled.then(() => {
      if (this.#queue === settled) this.#startSpareWhenIdle();
    });
    return turn;
  }

  async #endProcess(): Promise<void> {
    const old = [this.#process, ...this.#others];
    this.#process = undefined;
    this.#others = [];
    await Promise.all(old.map(stop));
  }

  /**
   * A target lost to what somebody else's firing left behind (a timer that ends the process, say) is
   * not this one's fault: it is tried once more, alone in a new process. A process that ends between
   * two firings of the same code is that code's doing, and the second one says so.
   */
  async #withTarget<T extends { faults: string[] }>(
    spec: TargetSpec,
    work: (open: OpenSession) => Promise<T>,
  ): Promise<T> {
    const leftBehind = (await whenStarted(this.#process))?.takeUntoldEnd(spec);
    if (leftBehind) throw leftBehind;
    for (let isRetry = false; ; isRetry = true) {
      const wasFresh = this.#process === undefined || isRetry;
      const process = await this.#ensureProcess();
      const used = [process];
      const areAlive = (): boolean => used.every(({ alive }) => alive);
      const isBlameless = (): boolean => !wasFresh && !used.some((one) => one.endedBy(spec));
      const open: OpenSession = async (instances = 1) => {
        if (instances === 1) return TargetSession.open(process, spec, this.#keys, this.#oob);
        used.push(...(await this.#ensureOthers(instances - 1)));
        const store = await this.#stores.open();
        return TargetSession.openSeveral(used, spec, this.#keys, this.#oob, store);
      };
      try {
        const report = await work(open);
        if (areAlive() || !isBlameless() || wasOwnDoing(report)) {
          // What is left of a flood in the pipes is not the next one's fault.
          if (used.some(({ flood }) => flood)) await this.#endProcess();
          return report;
        }
      } catch (error) {
        if (!(error instanceof TargetProblem) || areAlive() || !isBlameless()) throw error;
      }
      await this.#endProcess();
    }
  }

  #start(): Promise<TargetProcess> {
    return TargetProcess.start(this.#keys, this.#patience, this.#environment);
  }

  async #ensureProcess(): Promise<TargetProcess> {
    if (this.#process && !(await isAlive(this.#process))) this.#process = undefined;
    if (!this.#process) {
      const spare = this.#spare;
      this.#spare = undefined;
      const usable = spare && (await isAlive(spare)) ? spare : undefined;
      // Asked last: what is started after the lab was closed would stay.
      if (this.#closing) {
        await stop(usable);
        throw new TargetProblem('The lab is closed.');
      }
      this.#process = usable ?? this.#start();
    }
    return this.#process;
  }

  async #ensureOthers(count: number): Promise<TargetProcess[]> {
    const alive = await Promise.all(this.#others.map(isAlive));
    this.#others = this.#others.filter((_other, index) => alive[index]);
    // One after the other: to start one keeps a processor busy.
    while (this.#others.length < count) {
      const next = this.#start();
      this.#others.push(next);
      await next;
    }
    return Promise.all(this.#others.slice(0, count));
  }

  #startSpareWhenIdle(): void {
    if (!this.#keepSpare || this.#spare || this.#closing) return;
    clearTimeout(this.#startingSpare);
    this.#startingSpare = setTimeout(() => {
      this.#spare ??= this.#startWarm();
      this.#spare.catch(() => undefined); // said by whoever needs a process
    }, IDLE_MS).unref();
  }

  /** A process that has loaded everything except for the learner's files. */
  async #startWarm(): Promise<TargetProcess> {
    const process = await this.#start();
    const session = await TargetSession.open(process, { kind: 'reference' }, this.#keys, this.#oob);
    await session.call('get_weather', { city: 'Paris' }, { token: await session.mint() });
    await session.close();
    return process;
  }
}

const whenStarted = (
  process: Promise<TargetProcess> | undefined,
): Promise<TargetProcess | undefined> => Promise.resolve(process).catch(() => undefined);

const isAlive = async (process: Promise<TargetProcess>): Promise<boolean> =>
  (await whenStarted(process))?.alive ?? false;

async function stop(process: Promise<TargetProcess> | undefined): Promise<void> {
  await process?.then(
    (started) => started.stop(),
    () => undefined,
  );
}

/** A breach that took the process down needs no second firing to be believed. */
const wasOwnDoing = (report: object): boolean =>
  'verdict' in report && report.verdict === 'breached';
