import type { PresentUpstreamText } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  '\\p{C} stands for everything invisible, line ends and tabs among it, and a table becomes one word.';
export const caughtBy = ['keeps-readable-text'];

export const presentUpstreamText: PresentUpstreamText = (text, maxCharacters) => ({
  untrusted: true,
  text: Array.from(text.replaceAll(/\p{C}|\p{Default_Ignorable_Code_Point}/gu, ''))
    .slice(0, maxCharacters)
    .join(''),
});
