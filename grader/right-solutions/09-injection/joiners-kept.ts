import type { PresentUpstreamText } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Joiners and direction marks stay, because Persian and Hebrew need them; whole graphemes are cut.';

const UNSEEN =
  /(?![\n\t\r])\p{Cc}|(?!\u200c|\u200d|\u200e|\u200f|\ufe0f)\p{Default_Ignorable_Code_Point}|\p{Cs}|(?<=\ufe0f)\ufe0f+/gu;

export const presentUpstreamText: PresentUpstreamText = (text, maxCharacters) => {
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(text.replaceAll(UNSEEN, ''))) {
    if (cut.length + segment.length > maxCharacters) break;
    cut += segment;
  }
  return { untrusted: true, text: cut };
};
