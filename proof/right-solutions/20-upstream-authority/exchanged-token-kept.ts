import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { DiaryMeans, ReadDiary } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'An exchanged token is kept for its user while it is good, under a digest of what it was made from.';

const exchangeAnswer = z.object({ access_token: z.string(), expires_in: z.number() });
const diary = z.object({ entries: z.array(z.object({ date: z.string(), text: z.string() })) });
const SLACK_MS = 30_000;

const kept = new Map<string, { token: string; until: number }>();

async function narrow({ token, entriesUrl, requestToken, call }: DiaryMeans): Promise<string> {
  const key = createHash('sha256')
    .update(JSON.stringify([call.actor?.issuer, call.actor?.subject, token]))
    .digest('base64');
  const known = kept.get(key);
  if (known && known.until > Date.now()) return known.token;
  const response = await requestToken({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    resource: entriesUrl,
    scope: 'entries:read',
  });
  const answer = exchangeAnswer.parse(await response.json());
  const until = Date.now() + answer.expires_in * 1000 - SLACK_MS;
  kept.set(key, { token: answer.access_token, until });
  return answer.access_token;
}

export const readDiary: ReadDiary = async (means) => {
  const headers = { authorization: `Bearer ${await narrow(means)}` };
  const response = await means.send({ url: means.entriesUrl, headers });
  if (!response.ok) throw new Error('no diary');
  return diary.parse(await response.json()).entries;
};
