import { createHash, randomBytes } from 'node:crypto';
import type { CreateSharedGrantStore, Grant } from '../../../exercises/weather-server/controls.ts';
import { OAuthError, UnavailableError } from '../../../exercises/weather-server/errors.ts';
import type { SharedStore } from '../../../exercises/weather-server/world/shared-store.ts';
import { createSharedGrantStore as ofTheReference } from '../../../solutions/18-many-instances/shared-grants.ts';
import { withinFiveSeconds } from '../../../solutions/18-many-instances/shared-limiter.ts';

export const idea =
  'The n-th refresh token of a family is good if its use is the n-th: one number counts all uses, and one too many spoils all that follow.';

const MONTH_MS = 30 * 24 * 3_600_000;

interface Kept {
  grant: Grant;
  family: string;
  number: number;
}

const refused = (code: string): OAuthError => new OAuthError(code, 'This is not valid.');

async function asked<T>(step: Promise<T>): Promise<T> {
  try {
    return await withinFiveSeconds(step);
  } catch {
    throw new UnavailableError('Not now.');
  }
}

async function issue(store: SharedStore, kept: Kept): Promise<string> {
  const token = randomBytes(20).toString('hex');
  const key = createHash('sha256').update(token).digest('hex');
  await asked(store.set(`numbered ${key}`, JSON.stringify(kept), MONTH_MS));
  return token;
}

export const createSharedGrantStore: CreateSharedGrantStore = (config, store) => ({
  ...ofTheReference(config, store),
  issueRefreshToken: (grant) =>
    issue(store, { grant, family: randomBytes(16).toString('hex'), number: 1 }),
  async rotateRefreshToken(token, { clientId, resource, scope }) {
    const key = createHash('sha256').update(token).digest('hex');
    const text = await asked(store.get(`numbered ${key}`));
    if (text === undefined) throw refused('invalid_grant');
    const { grant, family, number } = JSON.parse(text) as Kept;
    if (clientId !== grant.clientId) throw refused('invalid_grant');
    if (resource !== undefined && resource !== grant.resource) throw refused('invalid_target');
    const scopes = scope === undefined ? grant.scopes : scope.split(' ');
    if (!scopes.every((one) => grant.scopes.includes(one))) throw refused('invalid_scope');
    const uses = await asked(store.increment(`uses of ${family}`, 12 * MONTH_MS));
    if (uses !== number) throw refused('invalid_grant');
    return {
      grant: { ...grant, scopes },
      refreshToken: await issue(store, { grant, family, number: number + 1 }),
    };
  },
});
