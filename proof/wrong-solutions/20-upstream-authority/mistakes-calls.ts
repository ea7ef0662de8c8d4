import type {
  DiaryEntry,
  DiaryMeans,
  ReadDiary,
} from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError, UnavailableError } from '../../../exercises/weather-server/errors.ts';
import type { Mistake } from '../../solutions.ts';

const EXCHANGE = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
};

interface Choices {
  form?: (means: DiaryMeans) => Record<string, string>;
  narrow?: (means: DiaryMeans) => Promise<string>;
  headers?: (means: DiaryMeans) => Record<string, string | readonly string[] | undefined>;
  present?: (entry: DiaryEntry) => DiaryEntry;
  fail?: (response: Response) => Promise<never>;
}

const unavailable = async (): Promise<never> => {
  throw new UnavailableError('The third party gives no diary now.');
};

async function exchanged(
  { token, requestToken }: DiaryMeans,
  form: Record<string, string>,
  fail: (response: Response) => Promise<never>,
): Promise<{ access_token: string; expires_in: number }> {
  const response = await requestToken({ ...EXCHANGE, subject_token: token, ...form });
  if (!response.ok) return fail(response);
  return (await response.json()) as { access_token: string; expires_in: number };
}

/** Right in all that is not chosen otherwise. */
const readWith =
  (choices: Choices): ReadDiary =>
  async (means) => {
    const {
      form = ({ entriesUrl }) => ({ resource: entriesUrl, scope: 'entries:read' }),
      fail = unavailable,
      narrow = async (own) => (await exchanged(own, form(own), fail)).access_token,
      headers = () => ({}),
      present = ({ date, text }) => ({ date, text }),
    } = choices;
    const authorization = `Bearer ${await narrow(means)}`;
    const { entriesUrl: url, send } = means;
    const response = await send({ url, headers: { ...headers(means), authorization } });
    if (!response.ok) return fail(response);
    const { entries } = (await response.json()) as { entries: DiaryEntry[] };
    return entries.map(present);
  };

const narrowForm = (entriesUrl: string) => ({ resource: entriesUrl, scope: 'entries:read' });

/** One for each user, as long as it is good and `lastsMs` say. */
function keptFor(nameOf: (means: DiaryMeans) => string, lastsMs?: number): ReadDiary {
  const kept = new Map<string, { token: string; until: number }>();
  return readWith({
    async narrow(means) {
      const known = kept.get(nameOf(means));
      if (known && known.until > Date.now()) return known.token;
      const { access_token: token, expires_in } = await exchanged(
        means,
        narrowForm(means.entriesUrl),
        unavailable,
      );
      kept.set(nameOf(means), { token, until: Date.now() + (lastsMs ?? expires_in * 1000) });
      return token;
    },
  });
}

export const mistakes: Mistake[] = [
  {
    name: 'their-token-as-it-is',
    mistake: 'The user’s token is sent as it is, which can do all that the user can.',
    caughtBy: ['up-broad-token'],
    controls: { readDiary: readWith({ narrow: async ({ token }) => token }) },
  },
  {
    name: 'exchanged-for-the-same',
    mistake: 'A token is exchanged, for one that can do as much.',
    caughtBy: ['up-broad-token'],
    controls: { readDiary: readWith({ form: () => ({}) }) },
  },
  {
    name: 'exchanged-for-all-apis',
    mistake: 'The new token has the right scope and no audience, so that every API takes it.',
    caughtBy: ['up-broad-token'],
    controls: { readDiary: readWith({ form: () => ({ scope: 'entries:read' }) }) },
  },
  {
    name: 'exchanged-with-all-scopes',
    mistake: 'The new token has the right audience and all scopes, so that it can write.',
    caughtBy: ['up-broad-token'],
    controls: { readDiary: readWith({ form: ({ entriesUrl }) => ({ resource: entriesUrl }) }) },
  },
  {
    name: 'may-write-as-well',
    mistake: 'The scope for writing is asked for as well, for later.',
    caughtBy: ['up-broad-token'],
    controls: {
      readDiary: readWith({
        form: ({ entriesUrl }) => ({ resource: entriesUrl, scope: 'entries:read entries:write' }),
      }),
    },
  },
  {
    name: 'our-token-as-actor',
    mistake: 'Our own token is shown in the exchange, to say who acts.',
    caughtBy: ['up-own-token-sent'],
    controls: {
      readDiary: readWith({
        form: ({ entriesUrl, call }) => ({
          ...narrowForm(entriesUrl),
          actor_token: call.token ?? '',
          actor_token_type: EXCHANGE.subject_token_type,
        }),
      }),
    },
  },
  {
    name: 'our-token-forwarded',
    mistake: 'The caller’s token goes along in a header of its own, for tracing.',
    caughtBy: ['up-own-token-sent'],
    controls: {
      readDiary: readWith({
        headers: ({ call }) => ({ 'x-forwarded-authorization': `Bearer ${call.token}` }),
      }),
    },
  },
  {
    name: 'our-token-as-basic',
    mistake: 'The caller’s token goes along in base64, as the password of a gateway.',
    caughtBy: ['up-own-token-sent'],
    controls: {
      readDiary: readWith({
        headers: ({ call }) => ({
          'proxy-authorization': `Basic ${Buffer.from(`caller:${call.token}`).toString('base64')}`,
        }),
      }),
    },
  },
  {
    name: 'headers-passed-on',
    mistake: 'The caller’s headers go along, but for the one that was known to hold a token.',
    caughtBy: ['up-own-token-sent'],
    controls: {
      readDiary: readWith({
        headers: ({ call: { headers } }) => ({ ...headers, authorization: undefined }),
      }),
    },
  },
  {
    name: 'members-passed-on',
    mistake: 'Entries are passed on as they come, with links that have the token in them.',
    caughtBy: ['up-token-in-answer'],
    controls: { readDiary: readWith({ present: (entry) => entry }) },
  },
  {
    name: 'one-link-left-out',
    mistake: 'The link is left out under the name that it has, and comes along under another.',
    caughtBy: ['up-token-in-answer'],
    controls: {
      readDiary: readWith({
        present: (entry) => {
          const { self, ...rest } = entry as DiaryEntry & { self?: string };
          return { ...rest, link: self } as DiaryEntry;
        },
      }),
    },
  },
  {
    name: 'their-error-quoted',
    mistake: 'The caller is told what the third party says of an error, which quotes the token.',
    caughtBy: ['up-token-in-answer'],
    controls: {
      readDiary: readWith({
        fail: async (response) => {
          throw new InvalidInputError(`Skydiary says: ${await response.text()}`);
        },
      }),
    },
  },
  {
    name: 'their-description-quoted',
    mistake: 'Of the error only its description is passed on, which quotes the token.',
    caughtBy: ['up-token-in-answer'],
    controls: {
      readDiary: readWith({
        fail: async (response) => {
          const { error_description } = (await response.json()) as { error_description: string };
          throw new InvalidInputError(error_description);
        },
      }),
    },
  },
  {
    name: 'one-token-for-a-client',
    mistake: 'The exchanged token is kept for its five minutes, for all users of an app.',
    caughtBy: ['up-diary-of-another'],
    controls: () => ({ readDiary: keptFor(({ call }) => String(call.actor?.clientId)) }),
  },
  {
    name: 'kept-too-long',
    mistake: 'The exchanged token is kept for an hour, and is good for five minutes.',
    caughtBy: ['up-reads-for-weeks'],
    controls: () => ({
      readDiary: keptFor(
        ({ call, token }) => JSON.stringify([call.actor?.issuer, call.actor?.subject, token]),
        60 * 60_000,
      ),
    }),
  },
  {
    name: 'theirs-if-refused',
    mistake: 'If the exchange is refused, the user’s token is sent as it is.',
    caughtBy: ['up-broad-token'],
    controls: {
      readDiary: readWith({
        async narrow({ token, entriesUrl, requestToken }) {
          const form = { ...EXCHANGE, subject_token: token, ...narrowForm(entriesUrl) };
          const { access_token = token } = (await (await requestToken(form)).json()) as {
            access_token?: string;
          };
          return access_token;
        },
      }),
    },
  },
  {
    name: 'wider-if-refused',
    mistake: 'If the exchange for one API is refused, a token for all of them is asked for.',
    caughtBy: ['up-broad-token'],
    controls: {
      readDiary: readWith({
        async narrow(means) {
          const wider = async () =>
            (await exchanged(means, { scope: 'entries:read' }, unavailable)).access_token;
          const { requestToken, token, entriesUrl } = means;
          const form = { ...EXCHANGE, subject_token: token, ...narrowForm(entriesUrl) };
          const response = await requestToken(form);
          if (!response.ok) return wider();
          return ((await response.json()) as { access_token: string }).access_token;
        },
      }),
    },
  },
  {
    name: 'theirs-at-the-second-try',
    mistake: 'If the API refuses the exchanged token, it is asked again with the user’s own.',
    caughtBy: ['up-broad-token'],
    controls: {
      readDiary: async (means) => {
        try {
          return await readWith({})(means);
        } catch {
          return readWith({ narrow: async ({ token }) => token })(means);
        }
      },
    },
  },
  {
    name: 'known-members-left-out',
    mistake:
      'The member that is known to have a token in it is left out, and all others come along.',
    caughtBy: ['up-token-in-answer'],
    controls: {
      readDiary: readWith({
        present: (entry) => {
          const { self: _self, ...rest } = entry as DiaryEntry & { self?: string };
          return rest;
        },
      }),
    },
  },
  {
    name: 'tokens-blacked-out',
    mistake: 'What looks like a token is blacked out, and whatever else the API says comes along.',
    caughtBy: ['up-token-in-answer'],
    controls: {
      readDiary: readWith({
        present: (entry) =>
          JSON.parse(JSON.stringify(entry).replaceAll(/sky-[\w-]+/g, '…')) as DiaryEntry,
      }),
    },
  },
  {
    name: 'their-code-quoted',
    mistake: 'Of an error its code is passed on, as if a code could say nothing.',
    caughtBy: ['up-token-in-answer'],
    controls: {
      readDiary: readWith({
        fail: async (response) => {
          const { error } = (await response.json()) as { error: string };
          throw new InvalidInputError(`Skydiary refused (${error}).`);
        },
      }),
    },
  },
  {
    name: 'address-of-the-caller',
    mistake: 'The third party is told from which address the call came.',
    caughtBy: ['up-own-token-sent'],
    controls: { readDiary: readWith({ headers: ({ call }) => ({ 'x-forwarded-for': call.ip }) }) },
  },
  {
    name: 'program-of-the-caller',
    mistake: 'The caller’s program and language are passed on, so that the answer fits them.',
    caughtBy: ['up-own-token-sent'],
    controls: {
      readDiary: readWith({
        headers: ({ call: { headers } }) => ({
          'user-agent': headers['user-agent'],
          'accept-language': headers['accept-language'],
        }),
      }),
    },
  },
  {
    name: 'name-of-the-caller',
    mistake: 'The third party is told which user of ours is calling, with which app.',
    caughtBy: ['up-own-token-sent'],
    controls: {
      readDiary: readWith({
        headers: ({ call: { actor } }) => ({
          'x-client': actor?.clientId,
          'x-user': actor?.subject,
        }),
      }),
    },
  },
  {
    name: 'one-exchange-for-all-who-wait',
    mistake: 'Calls that come while an exchange is under way get its token, whoever they are.',
    caughtBy: ['up-diary-of-another'],
    controls: () => {
      let underWay: Promise<string> | undefined;
      return {
        readDiary: readWith({
          narrow(means) {
            underWay ??= exchanged(means, narrowForm(means.entriesUrl), unavailable)
              .then(({ access_token }) => access_token)
              .finally(() => (underWay = undefined));
            return underWay;
          },
        }),
      };
    },
  },
  {
    name: 'one-token-for-a-subject',
    mistake: 'The exchanged token is kept for its five minutes under the subject, of any issuer.',
    caughtBy: ['up-diary-of-another'],
    controls: () => ({ readDiary: keptFor(({ call }) => String(call.actor?.subject)) }),
  },
];
