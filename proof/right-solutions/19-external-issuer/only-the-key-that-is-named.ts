import type { JWK } from 'jose';
import type { CreateKeySource } from '../../../exercises/weather-server/controls.ts';
import { UnavailableError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Keys are kept under their id, and the set that is given holds those that were named: one, or one of each type.';

class Keys {
  readonly #byId = new Map<string, JWK[]>();
  #had: number | undefined;

  replace(keys: readonly JWK[]): void {
    this.#byId.clear();
    for (const key of keys) {
      const id = key.kid ?? '';
      this.#byId.set(id, [...(this.#byId.get(id) ?? []), key]);
    }
    this.#had = Date.now();
  }
  get ageMs(): number {
    return this.#had === undefined ? Infinity : Date.now() - this.#had;
  }
  named(keyId: string | undefined): JWK[] {
    return keyId === undefined ? [...this.#byId.values()].flat() : (this.#byId.get(keyId) ?? []);
  }
}

export const createKeySource: CreateKeySource = ({ discover, fetchDocument }) => {
  const keys = new Keys();
  const questions: { at: number; went: 'on' | 'well' | 'wrong'; over: Promise<void> }[] = [];

  async function ask(): Promise<void> {
    const last = questions.at(-1);
    if (last && (last.went === 'on' || Date.now() < last.at + 30_000)) return last.over;
    const question = {
      at: Date.now(),
      went: 'on' as 'on' | 'well' | 'wrong',
      over: Promise.resolve(),
    };
    questions.splice(0, 1, question);
    question.over = discover()
      .then(({ jwksUri }) => fetchDocument(jwksUri))
      .then((document) => {
        const { keys: found } = document as { keys: JWK[] };
        keys.replace([...found]);
        question.went = 'well';
      })
      .catch(() => void (question.went = 'wrong'));
    return question.over;
  }

  return {
    async keysFor(keyId) {
      if (keys.ageMs >= 9 * 60_000 || keys.named(keyId).length === 0) await ask();
      const found = keys.named(keyId);
      if (keys.ageMs >= 60 * 60_000) throw new UnavailableError('No keys.');
      if (found.length === 0 && questions[0]?.went === 'wrong') {
        throw new UnavailableError('Perhaps a new key.');
      }
      return { keys: found };
    },
  };
};
