/**
 * The store of one firing, between the instances and the backend: it is where a store is made to fail,
 * to be silent, or to do the steps of many requests in the worst order.
 */
import { storeStep } from '../../exercises/weather-server/world/shared-store.ts';
import type { StoreCondition } from '../protocol.ts';
import type { StoreBackend } from './store-backend.ts';

/** What travels back to an instance. */
export type StoreOutcome = { given: unknown } | { failed: string };

/** More steps than this at once come from no server that answers requests. */
const MOST_WAITING = 5_000;

/** On this machine; one that takes longer does not answer any more. */
const BACKEND_WITHIN_MS = 10_000;

const AWAY = 'The store cannot be reached.';
const FULL = "OOM command not allowed when used memory > 'maxmemory'.";

/** Who reads and then writes has read by then; from there on all go as quickly as they can. */
const MOST_ROUNDS = 4;

export class SessionStore {
  readonly #backend: StoreBackend;
  #condition: StoreCondition = 'working';
  /** Steps that wait: for the store to speak again, or for their round. */
  #held: { asker: number; goOn: () => void }[] = [];
  #waiting = 0;
  #roundOf: number | undefined;
  #roundsLeft = 0;
  #lastFirst = false;
  #round = 0;
  #isWatched = false;
  #untilQuiet: () => Promise<unknown> = () => Promise.resolve();

  constructor(backend: StoreBackend) {
    this.#backend = backend;
  }

  /**
   * Does what an instance asks for. Never rejects; while the store is silent it does not settle.
   * @param asker which instance of the firing it is, from 0
   */
  async run(asked: unknown, asker: number): Promise<StoreOutcome> {
    if (this.#waiting >= MOST_WAITING) return { failed: AWAY };
    this.#waiting++;
    try {
      return await this.#runNow(asked, asker);
    } catch (error) {
      return { failed: error instanceof Error ? error.message : String(error) };
    } finally {
      this.#waiting--;
    }
  }

  async #runNow(asked: unknown, asker: number): Promise<StoreOutcome> {
    const step = storeStep.parse(asked);
    if (this.#condition === 'away') return { failed: AWAY };
    const onlyReads = step.name === 'get' || step.name === 'now';
    if (this.#condition === 'full' && !onlyReads) return { failed: FULL };
    const isSilent = this.#isSilent && !(this.#condition === 'silent to writes' && onlyReads);
    if (isSilent || this.#roundOf !== undefined) await this.#turn(asker);
    const isLost = this.#condition === 'losing answers';
    const given = await inTime(this.#backend.run(step));
    return isLost ? { failed: AWAY } : { given };
  }

  get #isSilent(): boolean {
    return this.#condition === 'silent' || this.#condition === 'silent to writes';
  }

  /** @param untilQuiet resolves when no instance does anything any more */
  watch(untilQuiet: () => Promise<unknown>): void {
    this.#untilQuiet = untilQuiet;
  }

  async untilQuiet(): Promise<void> {
    await this.#untilQuiet().catch(() => 'An instance has ended, and will not ask any more.');
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** Steps that were held are done as soon as the store works again, as those of a client’s queue are. */
  set(condition: StoreCondition): void {
    this.#condition = condition;
    if (!this.#isSilent) this.#release();
  }

  /**
   * The store answers in rounds, a few times: it waits until so many ask, or nobody does any more, and
   * then does what all of them asked for, one after the other. Who reads and then writes has read what
   * all others read. In a round the instances have their turns in their order, or in the opposite one
   * (`lastFirst`), so that who writes last does not depend on which process is quicker.
   */
  async inRoundsOf<T>(
    askers: number,
    work: () => Promise<T>,
    { lastFirst = false } = {},
  ): Promise<T> {
    this.#roundOf = askers;
    this.#roundsLeft = MOST_ROUNDS;
    this.#lastFirst = lastFirst;
    try {
      return await work();
    } finally {
      this.#roundOf = undefined;
      this.#lastFirst = false;
      this.#release();
    }
  }

  #turn(asker: number): Promise<void> {
    return new Promise((goOn) => {
      this.#held.push({ asker, goOn });
      if (this.#isSilent) return;
      if (this.#held.length < (this.#roundOf ?? 0)) return void this.#releaseWhenQuiet();
      // Not at once: the caller is not waiting yet, and would have its turn after all others.
      const round = this.#round;
      queueMicrotask(() => {
        if (this.#round === round) this.#release();
      });
    });
  }

  /** A round is over when all have asked who are said to, or when those who have not do nothing. */
  async #releaseWhenQuiet(): Promise<void> {
    if (this.#isWatched) return;
    this.#isWatched = true;
    while (this.#roundOf !== undefined && this.#held.length > 0) {
      const [round, asking] = [this.#round, this.#held.length];
      await this.untilQuiet();
      if (this.#round === round && this.#held.length === asking) this.#release();
    }
    this.#isWatched = false;
  }

  #release(): void {
    this.#round++;
    if (--this.#roundsLeft <= 0) this.#roundOf = undefined;
    const sign = this.#lastFirst ? -1 : 1;
    const held = this.#held.splice(0).sort((one, other) => sign * (one.asker - other.asker));
    for (const { goOn } of held) goOn();
  }

  passTime(milliseconds: number): Promise<void> {
    return inTime(this.#backend.passTime(milliseconds));
  }

  forget(): Promise<void> {
    return inTime(this.#backend.forget());
  }

  contents(): Promise<string[]> {
    return inTime(this.#backend.contents());
  }

  /** Nothing of a firing is left for the next. */
  async close(): Promise<void> {
    this.#condition = 'away';
    this.#roundOf = undefined;
    this.#release();
    await inTime(this.#backend.forget());
  }
}

/** The timer also keeps this process alive, which the connection to the store does not. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(AWAY)), BACKEND_WITHIN_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
