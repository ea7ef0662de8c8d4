import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
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
  'Who takes a record out of the store has used it, and leaves a stone with the name of its family. After a failure one call goes ahead to see whether the store is back.';

const second = 1_000;
const minute = 60 * second;
const day = 24 * 60 * minute;

/** Lets all through while it goes well; after a failure one in two seconds. */
function createBreaker() {
  let failedAt: number | undefined;
  return async <T>(step: () => Promise<T>): Promise<T> => {
    if (failedAt !== undefined) {
      if (performance.now() - failedAt < 2 * second) throw new UnavailableError('Away.');
      failedAt = performance.now();
    }
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(reject, 3 * second, new UnavailableError('Silent.'));
    });
    try {
      const given = await Promise.race([step(), late]);
      failedAt = undefined;
      return given;
    } catch (cause) {
      failedAt = performance.now();
      throw new UnavailableError('Away.', { cause });
    } finally {
      clearTimeout(timer);
    }
  };
}

const nameOf = (...words: (string | undefined)[]): string =>
  createHash('sha512-256').update(JSON.stringify(words)).digest('base64url');

export const createSharedLimiter: CreateSharedLimiter = (limits, store) => {
  const ask = createBreaker();
  const named = new Set(Object.keys(limits.perToolPerMinute));
  return {
    check: async ({ actor, tool }) => {
      const all = {
        key: nameOf('all', actor?.issuer, actor?.subject),
        limit: limits.perUserPerMinute,
      };
      const windows = named.has(tool)
        ? [
            {
              key: nameOf('one', tool, actor?.issuer, actor?.subject),
              limit: Number(limits.perToolPerMinute[tool]),
            },
            all,
          ]
        : [all];
      const retryAfterMs = await ask(() => store.takePlaces(windows, minute));
      return retryAfterMs > 0 ? { allowed: false, retryAfterMs } : { allowed: true };
    },
  };
};

const grantShape = z.object({
  subject: z.string(),
  clientId: z.string(),
  redirectUri: z.string(),
  scopes: z.array(z.string()),
  resource: z.string(),
  codeChallenge: z.string().optional(),
  codeChallengeMethod: z.string().optional(),
  mayRefresh: z.boolean(),
});
const recordShape = z.object({ family: z.string(), grant: grantShape });
type GrantRecord = { family: string; grant: Grant };

export const createSharedGrantStore: CreateSharedGrantStore = (_config, store) => {
  const ask = createBreaker();
  const familyOf = new WeakMap<Grant, string>();

  const read = (text: string | undefined): GrantRecord | undefined => {
    if (text === undefined) return undefined;
    const { family, grant } = recordShape.parse(JSON.parse(text));
    const { codeChallenge, codeChallengeMethod } = grant;
    return { family, grant: { ...grant, codeChallenge, codeChallengeMethod } };
  };

  const lay = async (kind: string, record: GrantRecord, life: number): Promise<string> => {
    const handle = randomBytes(20).toString('base64url');
    await ask(() => store.set(nameOf(kind, handle), JSON.stringify(record), life));
    return handle;
  };

  const judge = ({ grant }: GrantRecord, { clientId, resource }: TokenRequest): void => {
    if (clientId !== grant.clientId) throw no();
    if (resource === undefined) return;
    if (resource !== grant.resource) throw new OAuthError('invalid_target', 'Elsewhere.');
  };

  return {
    issueCode: (grant) => lay('code', { family: randomBytes(16).toString('hex'), grant }, minute),

    async redeemCode(code, request) {
      const key = nameOf('code', code);
      const record = read(await ask(() => store.get(key)));
      if (!record) throw no();
      judge(record, request);
      if (![undefined, record.grant.redirectUri].includes(request.redirectUri)) throw no();
      if ((await ask(() => store.take(key))) === undefined) throw no();
      familyOf.set(record.grant, record.family);
      return record.grant;
    },

    async issueRefreshToken(grant) {
      const family = familyOf.get(grant);
      if (family === undefined) throw new Error('not redeemed here');
      return lay('refresh', { family, grant }, 20 * day);
    },

    async rotateRefreshToken(token, request) {
      const key = nameOf('refresh', token);
      const stone = nameOf('used', token);
      const record = read(await ask(() => store.get(key)));
      if (!record) {
        const used = read(await ask(() => store.get(stone)));
        if (!used) throw no();
        judge(used, request);
        await ask(() => store.set(nameOf('over', used.family), '1', 40 * day));
        throw no();
      }
      judge(record, request);
      const { family, grant } = record;
      const wanted = request.scope?.split(' ').filter((word) => word !== '') ?? [];
      if (!wanted.every((scope) => grant.scopes.includes(scope))) {
        throw new OAuthError('invalid_scope', 'Not these.');
      }
      if (await ask(() => store.get(nameOf('over', family)))) throw no();
      // The stone first: a token that is gone without one would be a token nobody has ever heard of.
      await ask(() => store.set(stone, JSON.stringify(record), 40 * day));
      if ((await ask(() => store.take(key))) === undefined) throw no();
      const refreshToken = await lay('refresh', record, 20 * day);
      return { refreshToken, grant: wanted.length > 0 ? { ...grant, scopes: wanted } : grant };
    },
  };
};

const no = (): OAuthError => new OAuthError('invalid_grant', 'No.');

/** Each start has a key of its own, made of the common one and the name of the start. */
const sealer = (chainKey: Buffer, start: string) => {
  const own = Buffer.from(hkdfSync('sha256', chainKey, start, 'line', 32));
  let count = 0;
  return (line: string): string => {
    const seal = createHmac('sha256', own).update(`${count++}\n${JSON.stringify(line)}`);
    return JSON.stringify({ start, seal: seal.digest('base64url'), line });
  };
};

export const createLineSealer: CreateLineSealer = (chainKey) =>
  sealer(chainKey, randomBytes(16).toString('base64url'));

/** Seals again what is said to be sealed, in the same order, and looks whether the same comes out. */
export const verifyMergedLines: VerifyMergedLines = (lines, chainKey) => {
  const starts = new Map<string, (line: string) => string>();
  const shape = z.object({ start: z.string(), line: z.string() });
  const index = lines.findIndex((text) => {
    let read: z.infer<typeof shape>;
    try {
      read = shape.parse(JSON.parse(text));
    } catch {
      return true;
    }
    const again = starts.get(read.start) ?? sealer(chainKey, read.start);
    starts.set(read.start, again);
    return again(read.line) !== text;
  });
  return index === -1 ? undefined : index;
};
