import { createHash, randomUUID } from 'node:crypto';
import type {
  CreateSharedGrantStore,
  Grant,
  TokenRequest,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError, UnavailableError } from '../../../exercises/weather-server/errors.ts';
import { withinFiveSeconds } from '../../../solutions/18-many-instances/shared-limiter.ts';

export const idea =
  'A code is taken out of the store in one step; each refresh token is a record of its own, and the first mark on it wins.';

const MONTH_MS = 30 * 24 * 3_600_000;

interface Kept {
  grant: Grant;
  family: string;
}

const keyOf = (what: string, handle: string): string =>
  `${what}:${createHash('sha256').update(handle).digest('hex')}`;
const refused = (code = 'invalid_grant'): OAuthError => new OAuthError(code, 'Refused.');

function requireBound({ grant }: Kept, asked: TokenRequest): void {
  if (asked.clientId !== grant.clientId) throw refused();
  if (asked.resource !== undefined && asked.resource !== grant.resource) {
    throw refused('invalid_target');
  }
}

export const createSharedGrantStore: CreateSharedGrantStore = (_config, store) => {
  const families = new Map<Grant, string>();
  async function ask<T>(step: () => Promise<T>): Promise<T> {
    try {
      return await withinFiveSeconds(step());
    } catch {
      throw new UnavailableError('Try again later.');
    }
  }
  const end = (family: string): Promise<void> =>
    ask(() => store.set(`ended:${family}`, 'yes', MONTH_MS));
  async function find(key: string): Promise<Kept> {
    const text = await ask(() => store.get(key));
    if (text === undefined) throw refused();
    return JSON.parse(text) as Kept;
  }
  async function issue(kept: Kept): Promise<string> {
    const token = `${randomUUID()}${randomUUID()}`;
    await ask(() => store.set(keyOf('token', token), JSON.stringify(kept), MONTH_MS));
    return token;
  }

  return {
    async issueCode(grant) {
      const code = randomUUID();
      const kept: Kept = { grant, family: randomUUID() };
      await ask(() => store.set(keyOf('code', code), JSON.stringify(kept), 120_000));
      return code;
    },
    async redeemCode(code, asked) {
      const kept = await find(keyOf('code', code)).catch(async (error: unknown) => {
        if (!(error instanceof OAuthError)) throw error;
        const spent = await ask(() => store.get(keyOf('spent', code)));
        const { family, grant } = (JSON.parse(spent ?? 'null') ?? {}) as Partial<Kept>;
        // Whoever has a used code, and no verifier, is nobody who could have signed in with it.
        if (family !== undefined && grant && asked.provesPossession(grant)) await end(family);
        throw error;
      });
      requireBound(kept, asked);
      if ((asked.redirectUri ?? kept.grant.redirectUri) !== kept.grant.redirectUri) throw refused();
      if ((await ask(() => store.take(keyOf('code', code)))) === undefined) throw refused();
      // From here on only this request has it.
      await ask(() => store.set(keyOf('spent', code), JSON.stringify(kept), 600_000));
      const grant = structuredClone(kept.grant);
      families.set(grant, kept.family);
      return grant;
    },
    async issueRefreshToken(grant) {
      const family = families.get(grant) ?? randomUUID();
      families.delete(grant);
      return issue({ grant, family });
    },
    async rotateRefreshToken(token, asked) {
      const kept = await find(keyOf('token', token));
      requireBound(kept, asked);
      const scopes = asked.scope?.split(' ') ?? kept.grant.scopes;
      if (scopes.some((scope) => !kept.grant.scopes.includes(scope))) {
        throw refused('invalid_scope');
      }
      const isFirst = await ask(() => store.add(keyOf('used', token), 'yes', MONTH_MS));
      if (!isFirst) await end(kept.family);
      if ((await ask(() => store.get(`ended:${kept.family}`))) !== undefined) throw refused();
      return { grant: { ...kept.grant, scopes }, refreshToken: await issue(kept) };
    },
  };
};
