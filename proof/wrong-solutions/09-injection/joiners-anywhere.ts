import type { PresentUpstreamText } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Joiners are kept because Persian needs them, in any number: there are two, and two are enough for bits.';
export const caughtBy = ['out-hidden-text'];

const UNSEEN =
  /(?![\n\t\r])\p{Cc}|(?![\u200c-\u200f]|\ufe0f)\p{Default_Ignorable_Code_Point}|\p{Cs}|(?<=\ufe0f)\ufe0f+/gu;

export const presentUpstreamText: PresentUpstreamText = (text, maxCharacters) => ({
  untrusted: true,
  text: Array.from(text.replaceAll(UNSEEN, '')).slice(0, maxCharacters).join(''),
});
