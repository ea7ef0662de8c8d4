import type { DiaryEntry, ReadDiary } from '../../../exercises/weather-server/controls.ts';
import { InvalidInputError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'The exchange names the API as its audience, asks for an access token by its type, and an error ends in a sentence of our own.';

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

export const readDiary: ReadDiary = async ({ token, entriesUrl, requestToken, send }) => {
  const exchanged = await requestToken({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    audience: entriesUrl,
    requested_token_type: ACCESS_TOKEN,
    scope: 'entries:read',
    subject_token: token,
    subject_token_type: ACCESS_TOKEN,
  });
  if (exchanged.status !== 200) throw new InvalidInputError('Sign in at Skydiary once more.');
  const { access_token } = (await exchanged.json()) as { access_token: string };
  const headers = { Accept: 'application/json', Authorization: `Bearer ${access_token}` };
  const response = await send({ method: 'GET', url: entriesUrl, headers });
  if (response.status !== 200) throw new InvalidInputError('Skydiary gives no entries now.');
  const { entries } = (await response.json()) as { entries: DiaryEntry[] };
  return entries.map(({ date, text }) => ({ date: date.slice(0, 10), text }));
};
