import type { PresentUpstreamText } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Direction marks stay, and one joiner between Arabic or Indic letters, because Persian, Hebrew and Hindi need them; whole graphemes are cut.';

const JOINER =
  /(?<=[\p{scx=Arab}\p{scx=Deva}\p{scx=Beng}\p{scx=Mlym}])[\u200c\u200d](?=[\p{scx=Arab}\p{scx=Deva}\p{scx=Beng}\p{scx=Mlym}])/u
    .source;
const UNSEEN = new RegExp(
  String.raw`(?![\n\t\r])\p{Cc}|(?!\u200e|\u200f|(?<=\p{Emoji})\ufe0f|${JOINER})\p{Default_Ignorable_Code_Point}|\p{Cs}`,
  'gu',
);

export const presentUpstreamText: PresentUpstreamText = (text, maxCharacters) => {
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(text.replaceAll(UNSEEN, ''))) {
    if (cut.length + segment.length > maxCharacters) break;
    cut += segment;
  }
  return { untrusted: true, text: cut };
};
