import type { PresentUpstreamText } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'A list of invisible characters always lacks some: soft hyphens, Hangul fillers, grapheme joiners.';
export const caughtBy = ['out-hidden-text'];

const UNSEEN =
  /(?![\n\t])\p{Cc}|[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]|[\ufe00-\ufe0f]|\p{Cs}/gu;

export const presentUpstreamText: PresentUpstreamText = (text, maxCharacters) => ({
  untrusted: true,
  text: Array.from(text.replaceAll(UNSEEN, '')).slice(0, maxCharacters).join(''),
});
