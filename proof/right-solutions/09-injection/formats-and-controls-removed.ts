import type { PresentUpstreamText } from '../../../exercises/weather-server/controls.ts';

export const idea =
  'Unicode categories decide what is invisible; long texts end with a sign that they were cut.';

export const presentUpstreamText: PresentUpstreamText = (text, maxCharacters) => {
  const seen = text
    .replaceAll(/\r\n/g, '\n')
    .replaceAll(/(?![\n\t])\p{C}|\p{Variation_Selector}|\u3164|\uffa0|\u115f|\u1160|\u034f/gu, '');
  const letters = Array.from(seen);
  const cut =
    letters.length > maxCharacters ? [...letters.slice(0, maxCharacters - 1), '…'] : letters;
  return { untrusted: true, text: cut.join('') };
};
