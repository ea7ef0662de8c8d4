import { z } from 'zod';
import type { DiaryMeans, ReadDiary } from '../../exercises/weather-server/controls.ts';
import { UnavailableError } from '../../exercises/weather-server/errors.ts';

const exchangedSchema = z.object({ access_token: z.string() });
/** Members that are not named here are left out. */
const diarySchema = z.object({
  entries: z.array(z.object({ date: z.string(), text: z.string() })),
});

/**
 * Reads with a token that can do nothing but that: the user's token, which can do all that they can,
 * goes to the third party's token endpoint only and is exchanged there for each call (RFC 8693). What
 * the caller sent stays here, above all their token, which is good at this server (MCP, Token
 * Passthrough).
 *
 * An answer is read member by member; its links have tokens in them. Errors quote what was asked, so
 * that nothing of them is said.
 */
export const readDiary: ReadDiary = async (means) => {
  const { entriesUrl, send } = means;
  const token = await narrowToken(means);
  const response = await send({ url: entriesUrl, headers: { authorization: `Bearer ${token}` } });
  return readBody(response, diarySchema).then(({ entries }) => entries);
};

async function narrowToken({ token, entriesUrl, requestToken }: DiaryMeans): Promise<string> {
  const response = await requestToken({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    resource: entriesUrl,
    scope: 'entries:read',
  });
  return (await readBody(response, exchangedSchema)).access_token;
}

async function readBody<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  const read = response.ok ? schema.safeParse(await response.json()) : undefined;
  if (!read?.success) throw new UnavailableError('The third party gives no diary now.');
  return read.data;
}
