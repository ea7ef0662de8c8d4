import { createHash, randomBytes } from 'node:crypto';
import type {
  CreateSharedGrantStore,
  Grant,
  TokenRequest,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError, UnavailableError } from '../../../exercises/weather-server/errors.ts';
import { withinFiveSeconds } from '../../../solutions/18-many-instances/shared-limiter.ts';

export const idea =
  'Code and refresh tokens are one record under one id, behind a door that only tokens open, and no used token is ever answered again.';

interface Kept {
  grant: Grant;
  /** Hash of what is good now, the code at first. */
  good: string;
  /** Hash of what all tokens of the family have in common, and its code has not. */
  door?: string;
  stage: 'code' | 'tokens' | 'over';
}

const TEN_MINUTES_MS = 600_000;
const MONTH_MS = 30 * 24 * 3_600_000;

/** What is none of ours names no record either. */
const idIn = (text = ''): string => (/^c[\da-f]{48}$/.test(text) ? text : 'none');
const sha = (text: string): string => createHash('sha512').update(text).digest('hex');
const secret = (): string => randomBytes(24).toString('hex');
const bad = (code = 'invalid_grant'): OAuthError => new OAuthError(code, 'Not good any more.');

export const createSharedGrantStore: CreateSharedGrantStore = ({ scopesSupported }, store) => {
  const ask = <T>(step: Promise<T>): Promise<T> =>
    withinFiveSeconds(step).catch(() => {
      throw new UnavailableError('The store cannot be asked.');
    });
  const ids = new WeakMap<Grant, string>();

  async function move(id: string, judge: (kept: Kept) => Kept | OAuthError): Promise<Kept> {
    for (let attempt = 0; attempt < 50; attempt++) {
      const text = await ask(store.get(id));
      if (text === undefined) throw bad();
      const next = judge(JSON.parse(text) as Kept);
      if (next instanceof OAuthError) throw next;
      if (await ask(store.replace(id, text, JSON.stringify(next), MONTH_MS))) {
        if (next.stage === 'over') throw bad();
        return next;
      }
    }
    throw new UnavailableError('Too many at once.');
  }

  const bound = ({ grant, stage }: Kept, asked: TokenRequest): OAuthError | undefined => {
    if (stage === 'over' || asked.clientId !== grant.clientId) return bad();
    if ((asked.resource ?? grant.resource) !== grant.resource) return bad('invalid_target');
    return undefined;
  };

  return {
    async issueCode(grant) {
      const [id, code] = [`c${secret()}`, secret()];
      const kept: Kept = { grant, good: sha(code), stage: 'code' };
      await ask(store.add(id, JSON.stringify(kept), TEN_MINUTES_MS));
      return `${id}_${code}`;
    },
    async redeemCode(handle, asked) {
      const [given, code = ''] = handle.split('_');
      const id = idIn(given);
      const { grant } = await move(id, (kept) => {
        const refusal = bound(kept, asked);
        if (refusal) return refusal;
        if (asked.redirectUri !== undefined && asked.redirectUri !== kept.grant.redirectUri) {
          return bad();
        }
        if (kept.stage === 'code' && kept.good === sha(code)) return { ...kept, stage: 'tokens' };
        return asked.provesPossession(kept.grant) ? { ...kept, stage: 'over' } : bad();
      });
      ids.set(grant, id);
      return grant;
    },
    async issueRefreshToken(grant) {
      const [id, door, token] = [ids.get(grant) ?? 'none', secret(), secret()];
      await move(id, (kept) =>
        kept.stage === 'over' ? bad() : { ...kept, door: sha(door), good: sha(token) },
      );
      return `${id}_${door}_${token}`;
    },
    async rotateRefreshToken(handle, asked) {
      const [given, door = '', token = ''] = handle.split('_');
      const id = idIn(given);
      const successor = secret();
      const wanted = asked.scope?.split(' ').filter((one) => scopesSupported.includes(one));
      const { grant } = await move(id, (kept) => {
        const refusal = bound(kept, asked);
        if (refusal) return refusal;
        if (kept.stage !== 'tokens' || kept.door !== sha(door)) return bad();
        if (kept.good !== sha(token)) return { ...kept, stage: 'over' };
        const isMore = wanted?.some((one) => !kept.grant.scopes.includes(one));
        return isMore ? bad('invalid_scope') : { ...kept, good: sha(successor) };
      });
      return {
        grant: { ...grant, scopes: wanted ?? grant.scopes },
        refreshToken: `${id}_${door}_${successor}`,
      };
    },
  };
};
