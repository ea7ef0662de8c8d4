import type { PresentUpstreamText } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'NFKC makes eighteen letters of one; the text is cut first and grows afterwards.';
export const caughtBy = ['out-flood'];

const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/gu;

export const presentUpstreamText: PresentUpstreamText = (text, maxCharacters) => {
  const cut = Array.from(text.replaceAll(UNSEEN, '')).slice(0, maxCharacters).join('');
  return { untrusted: true, text: cut.normalize('NFKC') };
};
