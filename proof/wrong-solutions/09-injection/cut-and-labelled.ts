import type { PresentUpstreamText } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The text is cut and labelled, and what nobody sees is still in it; the cut goes through characters.';
export const caughtBy = ['cuts-long-text', 'out-hidden-text'];

export const presentUpstreamText: PresentUpstreamText = (text, maxCharacters) => ({
  untrusted: true,
  text: text.slice(0, maxCharacters),
});
