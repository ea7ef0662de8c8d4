import { z } from 'zod';
import type { ReadDiary } from '../../../exercises/weather-server/controls.ts';
import { UnavailableError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'What the exchange gives must be a bearer token with the scope that was asked for, or there is no diary.';

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const exchangeShape = z.object({
  access_token: z.string().min(1),
  issued_token_type: z.literal(ACCESS_TOKEN),
  token_type: z.string().regex(/^bearer$/i),
  scope: z.literal('entries:read').optional(),
});
const diaryShape = z.object({ entries: z.array(z.object({ date: z.string(), text: z.string() })) });

async function read<T>(shape: z.ZodType<T>, asked: Promise<Response>): Promise<T> {
  const response = await asked;
  const body = response.ok ? shape.safeParse(await response.json()) : undefined;
  if (!body?.success) throw new UnavailableError('There is no diary to be had at the moment.');
  return body.data;
}

export const readDiary: ReadDiary = async ({ token, entriesUrl, requestToken, send }) => {
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: token,
    subject_token_type: ACCESS_TOKEN,
    resource: entriesUrl,
    scope: 'entries:read',
  };
  const { access_token } = await read(exchangeShape, requestToken(form));
  const headers = { authorization: `Bearer ${access_token}` };
  return (await read(diaryShape, send({ method: 'GET', url: entriesUrl, headers }))).entries;
};
