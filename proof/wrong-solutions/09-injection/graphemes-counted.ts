import type { PresentUpstreamText } from '../../../exercises/weather-server/controls.ts';

export const mistake = 'One letter may carry ten thousand marks, and count as one.';
export const caughtBy = ['out-flood'];

const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/gu;

export const presentUpstreamText: PresentUpstreamText = (text, maxCharacters) => {
  const cut: string[] = [];
  for (const { segment } of new Intl.Segmenter().segment(text.replaceAll(UNSEEN, ''))) {
    if (cut.push(segment) === maxCharacters) break;
  }
  return { untrusted: true, text: cut.join('') };
};
