import type { PresentUpstreamText } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Nothing invisible is left, and neither is any accent, nor any letter of most languages.';
export const caughtBy = ['cuts-long-text', 'keeps-readable-text', 'serves-reports'];

export const presentUpstreamText: PresentUpstreamText = (text, maxCharacters) => ({
  untrusted: true,
  text: text.replaceAll(/[^\x20-\x7e\n\t]/g, '').slice(0, maxCharacters),
});
