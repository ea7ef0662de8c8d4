import type { PresentUpstreamText } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Without the u flag a pattern sees halves of characters: tags and variation selectors beyond U+FFFF stay.';
export const caughtBy = ['out-hidden-text'];

const UNSEEN =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|[\ufe00-\ufe0f]/g;

export const presentUpstreamText: PresentUpstreamText = (text, maxCharacters) => ({
  untrusted: true,
  text: Array.from(text.replaceAll(UNSEEN, '')).slice(0, maxCharacters).join(''),
});
