import type { DiaryEntry, ReadDiary } from '../weather-server/controls.ts';
import { InvalidInputError } from '../weather-server/errors.ts';

// Today the third party gets everything that came with the call, our own token included, and in its URL
// the user's token that is good for all of it. Whatever it says is passed on, addresses with tokens and
// all.

// TODO 20: Exchange the user's token for one that is good for reading entries, and nothing else (RFC
// 8693 §2.1): grant_type `urn:ietf:params:oauth:grant-type:token-exchange`, subject_token and
// subject_token_type `urn:ietf:params:oauth:token-type:access_token`, resource `entriesUrl`, scope
// `entries:read`. Send that one in an Authorization header of our own. If there is none, or it is
// refused, there is no diary: nothing that can do more goes to the API. It may be used again until it
// expires, for the token that it was made from; calls of several users run at the same time.
// Nothing of the caller's goes along: no header, no address, and not who they are here.
// Of the answer give `date` and `text` of each entry, and no other member. What the third party says of
// an error, in words or by its code, is not for the caller: throw without it, whichever error you like.
export const readDiary: ReadDiary = async ({ call, token, entriesUrl, send }) => {
  const url = `${entriesUrl}?access_token=${token}`;
  const response = await send({ url, headers: call.headers });
  if (!response.ok) throw new InvalidInputError(`Skydiary says: ${await response.text()}`);
  const { entries } = (await response.json()) as { entries: DiaryEntry[] };
  return entries;
};
