import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import type {
  CreateLineSealer,
  CreateSharedGrantStore,
  CreateSharedLimiter,
  Grant,
  TokenRequest,
  VerifyMergedLines,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError, UnavailableError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'What is to be answered again lies in the store, encrypted under the token it follows; all times of a user lie in one record; lines are signed.';

const MINUTE = 60_000;

const soon = <T>(step: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const unavailable = () => reject(new UnavailableError('Nobody can say now.'));
    setTimeout(unavailable, 4_500).unref();
    step.then(resolve, unavailable);
  });

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** One after the other, for each key, in this process: so that few meet at the store. */
function oneAtATime() {
  const last = new Map<string, Promise<unknown>>();
  return <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work, work);
    const done = mine.then(
      () => undefined,
      () => undefined,
    );
    last.set(key, done);
    void done.then(() => last.get(key) === done && last.delete(key));
    return mine;
  };
}

type Ran = [at: number, tool: string];

export const createSharedLimiter: CreateSharedLimiter = (limits, store) => {
  const queue = oneAtATime();
  const toolLimits = new Map(Object.entries(limits.perToolPerMinute));
  return {
    check({ actor, tool }) {
      const user = actor ? [actor.issuer, actor.subject] : null;
      const key = `ran ${hash(JSON.stringify(user))}`;
      const deadline = performance.now() + 4_500;
      const work = async () => {
        for (;;) {
          if (performance.now() > deadline) throw new UnavailableError('Too many wait.');
          const now = await soon(store.now());
          const before = await soon(store.get(key));
          const ran = (JSON.parse(before ?? '[]') as Ran[]).filter(([at]) => at > now - MINUTE);
          const ofTool = ran.filter(([, name]) => name === tool);
          const wait = Math.max(
            waitFor(ran, limits.perUserPerMinute, now),
            waitFor(ofTool, toolLimits.get(tool) ?? Infinity, now),
          );
          if (wait > 0) return { allowed: false, retryAfterMs: Math.min(wait, MINUTE) } as const;
          const next = JSON.stringify([...ran, [now, toolLimits.has(tool) ? tool : '']]);
          const done =
            before === undefined
              ? await soon(store.add(key, next, 2 * MINUTE))
              : await soon(store.replace(key, before, next, 2 * MINUTE));
          if (done) return { allowed: true } as const;
        }
      };
      return queue(key, work);
    },
  };
};

function waitFor(ran: Ran[], limit: number, now: number): number {
  if (ran.length < limit) return 0;
  const [at] = ran[ran.length - limit] ?? [now];
  return Math.max(1, at + MINUTE - now);
}

interface Family {
  grant: Grant;
  isOver: boolean;
  good?: string;
  /** The token before, as a hash; when it was used; and what it brought, as only it can read it. */
  before?: { good: string; usedAt: number; brought: string };
}

export const createSharedGrantStore: CreateSharedGrantStore = (config, store) => {
  const families = new WeakMap<Grant, string>();
  const month = 30 * 24 * 60 * MINUTE;

  const belongs = (grant: Grant, request: TokenRequest): void => {
    if (request.clientId !== grant.clientId) throw notValid();
    if (request.resource === undefined || request.resource === grant.resource) return;
    throw new OAuthError('invalid_target', 'Another resource.');
  };

  return {
    async issueCode(grant) {
      const code = randomBytes(32).toString('base64url');
      await soon(store.set(`code ${hash(code)}`, JSON.stringify(grant), 2 * MINUTE));
      return code;
    },

    async redeemCode(code, request) {
      const key = `code ${hash(code)}`;
      const text = await soon(store.get(key));
      if (text === undefined || text === 'used') throw notValid();
      const grant = JSON.parse(text) as Grant;
      belongs(grant, request);
      if ((request.redirectUri ?? grant.redirectUri) !== grant.redirectUri) throw notValid();
      if (!(await soon(store.replace(key, text, 'used', 2 * MINUTE)))) throw notValid();
      return grant;
    },

    async issueRefreshToken(grant) {
      const id = randomBytes(18).toString('base64url');
      const secret = randomBytes(32).toString('base64url');
      families.set(grant, id);
      const family: Family = { grant, isOver: false, good: hash(secret) };
      await soon(store.set(`family ${id}`, JSON.stringify(family), month));
      return `${id}~${secret}`;
    },

    async rotateRefreshToken(refreshToken, request) {
      if (refreshToken.length > 200) throw notValid();
      const [id = '', secret = ''] = refreshToken.split('~');
      const key = `family ${id}`;
      for (let tries = 0; tries < 20; tries++) {
        const text = await soon(store.get(key));
        if (text === undefined) throw notValid();
        const family = JSON.parse(text) as Family;
        const { grant, before } = family;
        belongs(grant, request);
        if (family.isOver) throw notValid();
        const asked = request.scope
          ?.split(' ')
          .filter((one) => config.scopesSupported.includes(one));
        if (asked && (asked.length === 0 || !asked.every((one) => grant.scopes.includes(one)))) {
          throw new OAuthError('invalid_scope', 'Not granted.');
        }
        const given = { ...grant, scopes: asked ?? grant.scopes };
        const now = await soon(store.now());
        if (hash(secret) === family.good) {
          const next = randomBytes(32).toString('base64url');
          const rotated: Family = {
            ...family,
            good: hash(next),
            before: { good: family.good, usedAt: now, brought: conceal(secret, next) },
          };
          if (!(await soon(store.replace(key, text, JSON.stringify(rotated), month)))) continue;
          return { grant: given, refreshToken: `${id}~${next}` };
        }
        if (before?.good === hash(secret) && now - before.usedAt <= 5_000) {
          return { grant: given, refreshToken: `${id}~${reveal(secret, before.brought)}` };
        }
        const over = JSON.stringify({ ...family, isOver: true });
        if (await soon(store.replace(key, text, over, month))) throw notValid();
      }
      throw new UnavailableError('Too many at once.');
    },
  };
};

const keyOf = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'what came after', 32));

function conceal(secret: string, next: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), nonce);
  const hidden = Buffer.concat([cipher.update(next, 'utf8'), cipher.final()]);
  return [nonce, hidden, cipher.getAuthTag()].map((part) => part.toString('base64')).join(' ');
}

function reveal(secret: string, hidden: string): string {
  const [nonce = '', text = '', tag = ''] = hidden.split(' ');
  const cipher = createDecipheriv('aes-256-gcm', keyOf(secret), Buffer.from(nonce, 'base64'));
  cipher.setAuthTag(Buffer.from(tag, 'base64'));
  return cipher.update(text, 'base64', 'utf8') + cipher.final('utf8');
}

const notValid = (): OAuthError => new OAuthError('invalid_grant', 'This is not valid.');

/** The key of all instances is the seed of a pair (Ed25519). */
function pairOf(chainKey: Buffer): { own: KeyObject; others: KeyObject } {
  const seed = Buffer.from(hkdfSync('sha256', chainKey, '', 'signs lines', 32));
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const own = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { own, others: createPublicKey(own) };
}

export const createLineSealer: CreateLineSealer = (chainKey) => {
  const { own } = pairOf(chainKey);
  const of = randomBytes(12).toString('hex');
  let at = 0;
  return (line) => {
    at++;
    const words = Buffer.from(JSON.stringify({ line, of, at }));
    return JSON.stringify({ line, of, at, signed: sign(null, words, own).toString('hex') });
  };
};

export const verifyMergedLines: VerifyMergedLines = (lines, chainKey) => {
  const { others } = pairOf(chainKey);
  const seen = new Map<string, number>();
  const isGood = (text: string): boolean => {
    const end = /,"signed":"([\da-f]{128})"\}$/.exec(text);
    if (!end) return false;
    const words = `${text.slice(0, end.index)}}`;
    if (!verify(null, Buffer.from(words), others, Buffer.from(end[1] ?? '', 'hex'))) return false;
    const { of, at } = JSON.parse(words) as { of: string; at: number };
    const before = seen.get(of) ?? 0;
    seen.set(of, at);
    return at === before + 1;
  };
  const bad = lines.findIndex((text) => !isGood(text));
  return bad < 0 ? undefined : bad;
};
