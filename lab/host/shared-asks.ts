/**
 * A limiter and a grant store of several instances, asked directly: about users of other issuers, of
 * whom no honest server makes a token, under other limits, and in an order that requests cannot keep.
 */
import { randomUUID } from 'node:crypto';
import type {
  Grant,
  LimitDecision,
  SecurityControls,
  ServerConfig,
  SharedLimiter,
} from '../../exercises/weather-server/controls.ts';
import type { SharedStore } from '../../exercises/weather-server/world/shared-store.ts';
import type { Answer, SharedCalls } from '../protocol.ts';
import { answeredLater, getOrMake } from './answers.ts';
import { grantFor, requestFor } from './direct-asks.ts';

export class SharedAsks {
  readonly #controls: SecurityControls;
  readonly #config: ServerConfig;
  readonly #store: SharedStore | undefined;
  readonly #limiters = new Map<string, SharedLimiter>();

  constructor(controls: SecurityControls, config: ServerConfig, store: SharedStore | undefined) {
    this.#controls = controls;
    this.#config = config;
    this.#store = store;
  }

  /** One after the other, by a limiter that is the same for the same limits. */
  async calls({ limits, calls }: SharedCalls): Promise<Answer<LimitDecision>[]> {
    const limiter = this.#limiterFor(limits);
    const answers: Answer<LimitDecision>[] = [];
    for (const { tool, user } of calls) {
      const actor = user && { clientId: 'workbook', scopes: [], ...user };
      const call = { requestId: randomUUID(), tool, arguments: {}, actor, ip: '127.0.0.1' };
      answers.push(
        await answeredLater(async () => limiter.check({ ...call, token: undefined, headers: {} })),
      );
    }
    return answers;
  }

  #limiterFor(limits: SharedCalls['limits']): SharedLimiter {
    return getOrMake(this.#limiters, JSON.stringify(limits), () =>
      this.#controls.createSharedLimiter(limits, this.#storeOfAll()),
    );
  }

  /**
   * One user signs in twice with one client, and both codes are redeemed before either gets its refresh
   * token, as happens to two requests at once. Then each is refreshed: the subjects, or the refusals.
   */
  async signInTwice(): Promise<Answer<string>[]> {
    const store = this.#controls.createSharedGrantStore(this.#config, this.#storeOfAll());
    const grant = grantFor(this.#config);
    const asked = requestFor(grant);
    const signedIn = await answeredLater(async () => {
      const codes = [await store.issueCode(grant), await store.issueCode(grant)];
      const redeemed: Grant[] = [];
      for (const code of codes) redeemed.push(await store.redeemCode(code, asked));
      const tokens: string[] = [];
      for (const one of redeemed) tokens.push(await store.issueRefreshToken(one));
      return tokens;
    });
    if ('refused' in signedIn) return [signedIn];
    const answers: Answer<string>[] = [];
    for (const token of signedIn.value) {
      answers.push(
        await answeredLater(
          async () => (await store.rotateRefreshToken(token, asked)).grant.subject,
        ),
      );
    }
    return answers;
  }

  #storeOfAll(): SharedStore {
    if (!this.#store) throw new Error('there is one instance only, and no store');
    return this.#store;
  }
}
