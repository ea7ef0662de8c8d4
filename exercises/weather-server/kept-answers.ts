const KEPT_FOR_MS = 30_000;
const MOST_KEPT = 1000;

/** Answers that are given again for half a minute, so that a wall of screens asks the database once. */
export class KeptAnswers<Answer> {
  #kept = new Map<string, { answer: Answer; until: number }>();

  /** The answer that is kept under `key`; else the one that `make` gives, which is kept from now on. */
  async of(key: string, make: () => Promise<Answer>): Promise<Answer> {
    // What was begun before something changed lands in a map that nobody looks at any more.
    const kept = this.#kept;
    const known = kept.get(key);
    if (known && known.until > Date.now()) return known.answer;
    const answer = await make();
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.delete(key);
    kept.set(key, { answer, until: Date.now() + KEPT_FOR_MS });
    return answer;
  }

  /** Something has changed. */
  forget(): void {
    this.#kept = new Map();
  }
}
