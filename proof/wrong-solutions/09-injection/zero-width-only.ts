import type { PresentUpstreamText } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'The best-known invisible characters are removed; tags, overrides and escapes are not among them.';
export const caughtBy = ['out-hidden-text'];

export const presentUpstreamText: PresentUpstreamText = (text, maxCharacters) => {
  const seen = text.replaceAll(/\u200b|\u200c|\u200d|\u2060|\ufeff/g, '');
  return { untrusted: true, text: Array.from(seen).slice(0, maxCharacters).join('') };
};
