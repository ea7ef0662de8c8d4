import type { PresentUpstreamText } from '../../../exercises/weather-server/controls.ts';

export const mistake =
  'Whoever gives orders need not use the words on a list, and without them counts as trusted.';
export const caughtBy = ['out-prompt-injection'];

const UNSEEN = /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|\p{Cs}/gu;

const SUSPICIOUS = /ignore|instruction|system|important/i;

export const presentUpstreamText: PresentUpstreamText = (text, maxCharacters) => {
  const cut = Array.from(text.replaceAll(UNSEEN, '')).slice(0, maxCharacters).join('');
  return SUSPICIOUS.test(cut.slice(0, 10)) ? { untrusted: true, text: cut } : cut;
};
