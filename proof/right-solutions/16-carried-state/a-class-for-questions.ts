import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type {
  AskedCall,
  CreateStateSeal,
  StateSeal,
} from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'A class; what was used is kept in two sets, of which the older is dropped whole.';

const LIFETIME_MS = 300_000;

class Questions implements StateSeal {
  readonly #key: Buffer;
  #used = new Set<string>();
  #usedBefore = new Set<string>();
  #since = Date.now();

  constructor(key: Buffer) {
    this.#key = key;
  }

  seal(asked: AskedCall): string {
    const text = `${randomUUID()}~${Date.now()}~${this.#digest(asked)}`;
    return `${text}~${this.#mac(text).toString('base64url')}`;
  }

  open(state: string, asked: AskedCall): void {
    const parts = state.split('~');
    const [id = '', at = '', about = ''] = parts;
    const mac = Buffer.from(parts[3] ?? '', 'base64url');
    const expected = this.#mac(`${id}~${at}~${about}`);
    const isSealed = mac.length === expected.length && timingSafeEqual(mac, expected);
    const age = Date.now() - Number(at);
    if (!isSealed || about !== this.#digest(asked) || age > LIFETIME_MS || !this.#use(id)) {
      throw new InvalidInputError('The question this answers is closed.');
    }
  }

  #use(id: string): boolean {
    if (Date.now() - this.#since > LIFETIME_MS) {
      this.#usedBefore = this.#used;
      this.#used = new Set();
      this.#since = Date.now();
    }
    if (this.#used.has(id) || this.#usedBefore.has(id)) return false;
    this.#used.add(id);
    return true;
  }

  #digest({ actor, tool, arguments: args, question }: AskedCall): string {
    const parts = [actor?.issuer, actor?.subject, tool, args, question];
    return createHash('sha512').update(JSON.stringify(parts)).digest('base64url');
  }

  #mac = (text: string): Buffer => createHmac('sha512', this.#key).update(text).digest();
}

export const createStateSeal: CreateStateSeal = (key) => new Questions(key);
