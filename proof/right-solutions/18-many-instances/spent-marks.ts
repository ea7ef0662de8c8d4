import { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type {
  CallLimits,
  CreateLineSealer,
  CreateSharedGrantStore,
  CreateSharedLimiter,
  Grant,
  LimitDecision,
  SharedGrantStore,
  SharedLimiter,
  ToolCall,
  TokenRequest,
  VerifyMergedLines,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError, UnavailableError } from '../../../exercises/weather-server/errors.ts';
import type { SharedStore } from '../../../exercises/weather-server/world/shared-store.ts';

export const idea =
  'Records never change: whoever is the first to lay a mark beside a code or a token has used it. While the store is away calls are counted here.';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const CODE_MS = 5 * MINUTE_MS;
const TOKEN_MS = 30 * DAY_MS;
/** Outlives every token that can come of a family until somebody sees its mark. */
const MARK_MS = 90 * DAY_MS;
const PATIENCE_MS = 4_000;
const PAUSE_MS = 1_000;

/** Asks the store, and gives up after a while. */
async function patiently<T>(step: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('silent')), PATIENCE_MS);
  });
  try {
    return await Promise.race([step, tooLong]);
  } catch {
    throw new UnavailableError('The store does not answer.');
  } finally {
    clearTimeout(timer);
  }
}

const digest = (...parts: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

class LimiterWithOwnCount implements SharedLimiter {
  readonly #limits: CallLimits;
  readonly #store: SharedStore;
  /** When calls of each user began to run here, by a clock that nobody sets. */
  readonly #ranHere = new Map<string, number[]>();
  #askAgainAt = 0;

  constructor(limits: CallLimits, store: SharedStore) {
    this.#limits = limits;
    this.#store = store;
  }

  async check({ actor, tool }: ToolCall): Promise<LimitDecision> {
    const user = digest('user', actor?.issuer, actor?.subject);
    const { perUserPerMinute, perToolPerMinute } = this.#limits;
    const windows = [{ key: `u:${user}`, limit: perUserPerMinute }];
    if (Object.hasOwn(perToolPerMinute, tool)) {
      windows.push({ key: `t:${digest(tool, user)}`, limit: perToolPerMinute[tool] ?? 0 });
    }
    if (performance.now() >= this.#askAgainAt) {
      try {
        const wait = await patiently(this.#store.takePlaces(windows, MINUTE_MS));
        if (wait > 0) return { allowed: false, retryAfterMs: Math.min(wait, MINUTE_MS) };
        this.#note(user);
        return { allowed: true };
      } catch {
        this.#askAgainAt = performance.now() + PAUSE_MS;
      }
    }
    const ran = this.#note(user, false);
    const [oldest] = ran;
    if (ran.length < perUserPerMinute) {
      this.#note(user);
      return { allowed: true };
    }
    const wait = (oldest ?? performance.now()) + MINUTE_MS - performance.now();
    return { allowed: false, retryAfterMs: Math.max(1, Math.ceil(wait)) };
  }

  /** The calls of the last minute, with one more. */
  #note(user: string, one = true): number[] {
    const now = performance.now();
    if (this.#ranHere.size > 10_000) this.#forgetOld(now);
    const ran = (this.#ranHere.get(user) ?? []).filter((at) => at > now - MINUTE_MS);
    if (one) ran.push(now);
    this.#ranHere.set(user, ran);
    return ran;
  }

  #forgetOld(now: number): void {
    for (const [user, ran] of this.#ranHere) {
      if ((ran.at(-1) ?? 0) <= now - MINUTE_MS) this.#ranHere.delete(user);
    }
  }
}

export const createSharedLimiter: CreateSharedLimiter = (limits, store) =>
  new LimiterWithOwnCount(limits, store);

interface Lying {
  kind: 'code' | 'refresh token';
  family: string;
  grant: Grant;
}

class MarkedGrants implements SharedGrantStore {
  readonly #store: SharedStore;
  readonly #scopes: string[];
  readonly #families = new WeakMap<Grant, string>();

  constructor(store: SharedStore, scopes: string[]) {
    this.#store = store;
    this.#scopes = scopes;
  }

  issueCode(grant: Grant): Promise<string> {
    return this.#lay({ kind: 'code', family: randomUUID(), grant }, CODE_MS);
  }

  async redeemCode(code: string, request: TokenRequest): Promise<Grant> {
    const { family, grant } = await this.#find('code', code, request);
    const { redirectUri } = request;
    if (redirectUri !== undefined && redirectUri !== grant.redirectUri) throw refused();
    if (!(await this.#useUp(code))) {
      if (request.provesPossession(grant)) await this.#end(family);
      throw refused();
    }
    this.#families.set(grant, family);
    return grant;
  }

  issueRefreshToken(grant: Grant): Promise<string> {
    const family = this.#families.get(grant) ?? randomUUID();
    return this.#lay({ kind: 'refresh token', family, grant }, TOKEN_MS);
  }

  async rotateRefreshToken(token: string, request: TokenRequest) {
    const { family, grant } = await this.#find('refresh token', token, request);
    const scopes = this.#narrow(request.scope, grant);
    if ((await patiently(this.#store.get(`ended:${family}`))) !== undefined) throw refused();
    if (!(await this.#useUp(token))) {
      await this.#end(family);
      throw refused();
    }
    const refreshToken = await this.#lay({ kind: 'refresh token', family, grant }, TOKEN_MS);
    return { grant: { ...grant, scopes }, refreshToken };
  }

  async #lay(what: Lying, lifeMs: number): Promise<string> {
    const handle = randomBytes(24).toString('hex');
    await patiently(this.#store.set(`lies:${digest(handle)}`, JSON.stringify(what), lifeMs));
    return handle;
  }

  async #find(kind: Lying['kind'], handle: string, request: TokenRequest): Promise<Lying> {
    const text = await patiently(this.#store.get(`lies:${digest(handle)}`));
    if (text === undefined) throw refused();
    const lying = JSON.parse(text) as Lying;
    if (lying.kind !== kind || lying.grant.clientId !== request.clientId) throw refused();
    if (request.resource !== undefined && request.resource !== lying.grant.resource) {
      throw new OAuthError('invalid_target', 'Not for this resource.');
    }
    return lying;
  }

  #useUp(handle: string): Promise<boolean> {
    return patiently(this.#store.add(`used:${digest(handle)}`, 'yes', MARK_MS));
  }

  async #end(family: string): Promise<void> {
    await patiently(this.#store.set(`ended:${family}`, 'yes', MARK_MS));
  }

  #narrow(asked: string | undefined, { scopes }: Grant): string[] {
    const words = new Set(asked?.split(/ +/).filter((word) => this.#scopes.includes(word)));
    if (asked === undefined || asked.trim() === '') return scopes;
    if (words.size === 0 || [...words].some((word) => !scopes.includes(word))) {
      throw new OAuthError('invalid_scope', 'More than was granted.');
    }
    return [...words];
  }
}

export const createSharedGrantStore: CreateSharedGrantStore = (config, store) =>
  new MarkedGrants(store, config.scopesSupported);

const refused = (): OAuthError => new OAuthError('invalid_grant', 'Not valid.');

/** Each line is tied to the one before it, and the first to the name of its start. */
export const createLineSealer: CreateLineSealer = (chainKey) => {
  const start: string = randomUUID();
  let before = start;
  return (line) => {
    const tie = tieOf(chainKey, before, line);
    before = tie;
    return JSON.stringify({ line, start, tie });
  };
};

export const verifyMergedLines: VerifyMergedLines = (lines, chainKey) => {
  const last = new Map<string, string>();
  for (const [index, text] of lines.entries()) {
    const { line, start, tie } = membersOf(text);
    const made = tieOf(chainKey, last.get(start) ?? start, line);
    const isSame =
      tie.length === made.length && timingSafeEqual(Buffer.from(tie, 'latin1'), Buffer.from(made));
    if (!isSame || JSON.stringify({ line, start, tie }) !== text) return index;
    last.set(start, tie);
  }
  return undefined;
};

const tieOf = (chainKey: Buffer, before: string, line: string): string =>
  createHmac('sha512', chainKey)
    .update(JSON.stringify(['a line after', before, line]))
    .digest('hex');

function membersOf(text: string): { line: string; start: string; tie: string } {
  try {
    const { line, start, tie } = Object(JSON.parse(text)) as Record<string, unknown>;
    return { line: String(line), start: String(start), tie: String(tie) };
  } catch {
    return { line: '', start: '', tie: '' };
  }
}
