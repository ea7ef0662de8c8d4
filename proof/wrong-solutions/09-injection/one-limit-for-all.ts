import type { PresentUpstreamText } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Four thousand characters are right for a report and far too many for the word sunny.';
export const caughtBy = ['out-flood'];

const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/gu;

export const presentUpstreamText: PresentUpstreamText = (text) => ({
  untrusted: true,
  text: Array.from(text.replaceAll(UNSEEN, '')).slice(0, 4000).join(''),
});
