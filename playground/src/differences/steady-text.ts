/** Values that no two runs share, replaced by what they are, so that what is left can be compared. */
const perRun: [RegExp, string][] = [
  [/\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)*/g, '‹token›'],
  [/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, '‹uuid›'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?/g, '‹time›'],
  [/\b(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}\b/g, '$1:‹port›'],
  [/\b1[6-9]\d{8}(?:\d{3})?\b/g, '‹time›'],
  // Twelve digits or more, some of them letters: shorter ones may well be a number or a word.
  [/(?<![0-9a-z])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12,}(?![0-9a-z])/gi, '‹hex›'],
  // Long, and of small and capital letters and digits: made by chance.
  [/(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{24,}(?![\w-])/g, '‹random›'],
];

/** @param nonce of the firing, which its request ids and payloads carry */
export function steadyText(text: string, nonce: string | undefined): string {
  const known = nonce ? text.replaceAll(nonce, '‹nonce›') : text;
  return perRun.reduce((steady, [pattern, name]) => steady.replace(pattern, name), known);
}
