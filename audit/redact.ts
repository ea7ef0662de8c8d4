import type { Reply, Silence } from './polite-client.ts';

const PUT_INSTEAD = '[token]';
/** Shorter parts of a token stand in other texts by chance. */
const SHORTEST_PART = 12;

/**
 * Takes secrets out of what a server sent, at the moment it arrives: nothing that comes later, be it
 * evidence or a report, can show them. The parts of a JWT count as well, and so do spellings in a URL.
 */
export class Redactor {
  readonly #spellings = new Set<string>();

  add(secret: string): void {
    const parts = secret.split('.').filter((part) => part.length >= SHORTEST_PART);
    for (const text of [secret, ...parts].filter((part) => part !== '')) {
      this.#spellings.add(text).add(encodeURIComponent(text));
    }
  }

  clean<Answer extends Reply | Silence>(answer: Answer): Answer {
    if (this.#spellings.size === 0) return answer;
    if (answer.kind === 'silence') return { ...answer, why: this.text(answer.why) };
    const headers = Object.fromEntries(
      Object.entries(answer.headers).map(([name, value]) => [name, this.text(value)]),
    );
    return { ...answer, headers, body: this.#withoutBeginning(this.text(answer.body)) };
  }

  /** Longer spellings first: a part must not break up the whole. */
  text(text: string): string {
    return [...this.#spellings]
      .sort((one, other) => other.length - one.length)
      .reduce((left, secret) => left.replaceAll(secret, PUT_INSTEAD), text);
  }

  /** Where reading stopped, the beginning of a secret may be left. */
  #withoutBeginning(text: string): string {
    for (const secret of this.#spellings) {
      for (let length = secret.length - 1; length >= SHORTEST_PART; length--) {
        if (text.endsWith(secret.slice(0, length))) return text.slice(0, -length) + PUT_INSTEAD;
      }
    }
    return text;
  }
}
