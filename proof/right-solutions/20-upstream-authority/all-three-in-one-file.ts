import { randomBytes } from 'node:crypto';
import type {
  CreateThirdPartySignIn,
  CreateTokenKeeper,
  DiaryEntry,
  ReadDiary,
  SealedCredential,
  WantedAccess,
} from '../../../exercises/weather-server/controls.ts';
import { OAuthError, UnavailableError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'All three as plainly as they go: one object for each way, one row for each user, one exchange for each call.';

export const createThirdPartySignIn: CreateThirdPartySignIn = ({ issuer }) => {
  const isHttps = issuer.startsWith('https:');
  const nameOf = (secret: string): string => `${isHttps ? '__Host-' : ''}w${secret}`;
  let ways: { state: string; secret: string; until: number; wanted: WantedAccess }[] = [];
  const text = (): string => randomBytes(20).toString('hex');
  return {
    arrive: () => 'ask',
    allow(_request, wanted, setCookie) {
      const way = { state: text(), secret: text(), until: Date.now() + 600_000, wanted };
      ways.push(way);
      const secure = isHttps ? '; Secure' : '';
      setCookie(`${nameOf(way.secret)}=1; HttpOnly; SameSite=Lax; Path=/${secure}`);
      return way.state;
    },
    resume(request, state) {
      const cookies = (request.get('cookie') ?? '').split('; ');
      ways = ways.filter(({ until }) => until > Date.now());
      const way = ways.find(
        (one) => one.state === state && cookies.includes(`${nameOf(one.secret)}=1`),
      );
      if (!way) throw new OAuthError('access_denied', 'No such way.');
      ways = ways.filter((one) => one !== way);
      return way.wanted;
    },
  };
};

export const createTokenKeeper: CreateTokenKeeper = (vault, rows) => {
  const identityOf = ({ issuer, subject }: { issuer: string; subject: string }) => ({
    recordId: `${encodeURIComponent(issuer)}/${encodeURIComponent(subject)}`,
    owner: subject,
    provider: issuer,
  });
  return {
    keep(user, token) {
      const { recordId, owner, provider } = identityOf(user);
      const sealed = JSON.stringify(vault.seal(token, identityOf(user)));
      rows.put({ id: recordId, owner, provider, sealed });
    },
    async find(user) {
      const row = await rows.get(identityOf(user).recordId);
      return row && vault.open(JSON.parse(row.sealed) as SealedCredential, identityOf(user));
    },
  };
};

export const readDiary: ReadDiary = async ({ token, entriesUrl, requestToken, send }) => {
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    resource: entriesUrl,
    scope: 'entries:read',
  };
  const exchanged = (await (await requestToken(form)).json()) as { access_token?: string };
  const headers = { authorization: `Bearer ${exchanged.access_token}` };
  const answer = (await (await send({ url: entriesUrl, headers })).json()) as {
    entries?: DiaryEntry[];
  };
  if (!answer.entries) throw new UnavailableError('There is no diary.');
  return answer.entries.map(({ date, text }) => ({ date, text }));
};
