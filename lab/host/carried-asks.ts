/**
 * Seals and stores of handles, asked about users, arguments and numbers of them that no request brings:
 * the lab has no two issuers whose names begin alike, and no tool that asks takes a nested argument.
 */
import { randomBytes } from 'node:crypto';
import type {
  Actor,
  ExportHandles,
  SecurityControls,
  StateSeal,
} from '../../exercises/weather-server/controls.ts';
import type { Answer, CarriedStep } from '../protocol.ts';
import { answeredLater, getOrMake } from './answers.ts';

export class CarriedAsks {
  readonly #controls: SecurityControls;
  /** By the server that has them. Each has a key of its own. */
  readonly #seals = new Map<string, StateSeal>();
  readonly #stores = new Map<string, ExportHandles>();
  /** States and handles that were given out, by the name the lab gave them. */
  readonly #given = new Map<string, string>();

  constructor(controls: SecurityControls) {
    this.#controls = controls;
  }

  async take(steps: CarriedStep[]): Promise<Answer<string>[]> {
    const answers: Answer<string>[] = [];
    for (const step of steps) answers.push(await answeredLater(() => this.#takeOne(step)));
    return answers;
  }

  async #takeOne(step: CarriedStep): Promise<string> {
    const given = this.#given.get(step.name) ?? step.name;
    switch (step.take) {
      case 'seal': {
        const state = await this.#sealOf(step.server).seal(step.asked);
        this.#given.set(step.name, state);
        return state;
      }
      case 'open':
        await this.#sealOf(step.server).open(given, step.asked);
        return '';
      case 'issue': {
        const handle = this.#storeOf(step.server).issue(step.actor, jobOf(step.actor));
        this.#given.set(step.name, handle);
        return handle;
      }
      case 'find':
        return JSON.stringify(this.#storeOf(step.server).find(step.actor, given));
      case 'end':
        this.#storeOf(step.server).end(step.actor, given);
        return '';
    }
  }

  #sealOf(server: string): StateSeal {
    return getOrMake(this.#seals, server, () => this.#controls.createStateSeal(randomBytes(32)));
  }

  #storeOf(server: string): ExportHandles {
    return getOrMake(this.#stores, server, () => this.#controls.createExportHandles());
  }
}

const jobOf = (actor: Actor | undefined) => ({
  doneAt: Date.now(),
  alerts: [{ id: 1, city: 'Paris', text: `of ${actor?.subject ?? 'nobody'}` }],
});
