/**
 * Requests that are with an SDK, under numbers of ours. Two clients may well use the same id; which
 * request an answer belongs to, and who asks, hangs on a number that nobody else has.
 */

interface Waiting<Asker, Answer> {
  asker: Asker;
  settle: (answer: Answer) => void;
}

/** `Asker`: what handlers have to know of the HTTP request that a message came with. */
export class NumberedRequests<Asker, Answer> {
  #last = 0;
  readonly #waiting = new Map<unknown, Waiting<Asker, Answer>>();

  /** @param deliver hands the request to the SDK; its answer comes to `settle`, at once or later */
  async ask(asker: Asker, deliver: (number: number) => void): Promise<Answer> {
    const number = ++this.#last;
    try {
      return await new Promise<Answer>((settle) => {
        this.#waiting.set(number, { asker, settle });
        deliver(number);
      });
    } finally {
      this.#waiting.delete(number);
    }
  }

  /** An answer to a number that waits for none goes nowhere. */
  settle(number: unknown, answer: Answer): void {
    this.#waiting.get(number)?.settle(answer);
  }

  askerOf(number: unknown): Asker {
    const found = this.#waiting.get(number);
    if (!found) throw new Error(`no request ${String(number)} waits for an answer`);
    return found.asker;
  }
}
