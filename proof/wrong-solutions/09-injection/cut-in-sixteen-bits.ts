import type { PresentUpstreamText } from '../../../exercises/weather-server/controls.ts';
import { presentUpstreamText as rightly } from '../../../solutions/09-injection/model-facing.ts';

export const mistake =
  'slice() counts units of sixteen bits, and a picture has two of them: the cut leaves half a character.';
export const caughtBy = ['cuts-long-text'];

export const presentUpstreamText: PresentUpstreamText = (text, maxCharacters) => {
  const seen = rightly(text, maxCharacters) as { text: string };
  return { untrusted: true, text: seen.text.slice(0, maxCharacters) };
};
