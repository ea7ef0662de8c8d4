/**
 * The lab: keeps one process for the targets it is asked about and fires attacks at them. When
 * learner code ends or stalls that process, the lab says so, starts another, and goes on.
 */
import type { Attack, AttackReport, LegitimateUse, UseReport } from './attacks/attack.ts';
import { runAttack, runUse } from './run-attack.ts';
import { LabSession } from './targets/lab-session.ts';
import { makeRunKeys } from './targets/mint.ts';
import { OutOfBandListener } from './targets/out-of-band.ts';
import { TargetProblem, TargetProcess, type RunKeys } from './targets/target-process.ts';
import type { TargetSpec } from './targets/target-spec.ts';

export class LabBench {
  readonly #keys: RunKeys;
  readonly #oob: OutOfBandListener;
  #process: Promise<TargetProcess> | undefined;
  #closed = false;

  static async open(): Promise<LabBench> {
    return new LabBench(await makeRunKeys(), await OutOfBandListener.open());
  }

  private constructor(keys: RunKeys, oob: OutOfBandListener) {
    this.#keys = keys;
    this.#oob = oob;
  }

  fire(
    spec: TargetSpec,
    attack: Attack,
    variant: string,
    payload: unknown = attack.variants[variant],
  ): Promise<AttackReport> {
    const parsed = attack.payload.parse(payload);
    return this.#withTarget((open) => runAttack(attack, variant, parsed, () => open(spec)));
  }

  try(spec: TargetSpec, use: LegitimateUse): Promise<UseReport> {
    return this.#withTarget((open) => runUse(use, () => open(spec)));
  }

  /** Starts the process ahead of need. */
  async warmUp(): Promise<void> {
    await this.#ensureProcess();
  }

  /** Ends the process; the next firing starts a new one, which reads every file afresh. */
  async restart(): Promise<void> {
    const old = this.#process;
    this.#process = undefined;
    await old?.then(
      (process) => process.stop(),
      () => undefined,
    );
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.restart();
    this.#oob.close();
  }

  /**
   * A target lost to what an earlier firing left behind (a timer that ends the process, say) is not
   * this firing's fault: it is tried once more, alone in a new process.
   */
  async #withTarget<T extends { faults: string[] }>(
    work: (open: (spec: TargetSpec) => Promise<LabSession>) => Promise<T>,
  ): Promise<T> {
    for (let isRetry = false; ; isRetry = true) {
      const wasFresh = this.#process === undefined || isRetry;
      const process = await this.#ensureProcess();
      try {
        const report = await work((spec) => LabSession.open(process, spec, this.#keys, this.#oob));
        if (process.alive || wasFresh || wasOwnDoing(report)) return report;
      } catch (error) {
        if (!(error instanceof TargetProblem) || process.alive || wasFresh) throw error;
      }
      await this.restart();
    }
  }

  async #ensureProcess(): Promise<TargetProcess> {
    if (this.#closed) throw new Error('the lab is closed');
    if (
      this.#process &&
      !(await this.#process.then(
        (running) => running.alive,
        () => false,
      ))
    ) {
      this.#process = undefined;
    }
    return (this.#process ??= TargetProcess.start(this.#keys));
  }
}

/** A breach that took the process down needs no second firing to be believed. */
const wasOwnDoing = (report: object): boolean =>
  'verdict' in report && report.verdict === 'breached';
