/** What can be said of a source file without running it. The text is a stranger's: every scan is linear. */

/** Why no loader will read the bytes as they were meant, to follow the name of the file. */
export function faultIn(bytes: Buffer): string | undefined {
  if (looksLikeUtf16(bytes)) return 'is UTF-16; save it as UTF-8';
  if (bytes.toString('utf8').trim() === '') return 'is empty';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return 'is not UTF-8; save it as UTF-8';
  }
  const lines = bytes.toString('utf8').split('\n');
  const begin = lines.findIndex((line) => line.startsWith('<<<<<<< '));
  const end = lines.findIndex((line) => line.startsWith('>>>>>>> '));
  return begin >= 0 && end > begin
    ? `holds conflict markers, from line ${begin + 1} on; choose a side and delete them`
    : undefined;
}

/** By its mark; without one, by the zero byte beside every ASCII letter. */
function looksLikeUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const start = bytes.subarray(0, 1000);
  return start.length >= 2 && start.filter((byte) => byte === 0).length > start.length / 4;
}

/** A string, a template, or a comment; one that is not closed ends with its line, or with the file. */
const TOKEN =
  /'(?:\\.|[^'\\\n])*'?|"(?:\\.|[^"\\\n])*"?|`(?:\\.|[^`\\])*`?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/gs;
const ASKS = /\b(?:from|import|require)\s*\(?\s*$/;
const TYPES_ONLY = /\b(?:import|export)\s+type\b[^;]*\bfrom\s*$/;
/** Enough to hold an import with all its names. */
const MOST_BEFORE = 2_000;

/**
 * What the text imports, with `import()`, re-exports and `require()`, but not what is a type only or is
 * put together when it runs. It is found by sight: a native parser could be made to end whoever grades.
 */
export function importsIn(text: string): string[] {
  const found = new Set<string>();
  forStrings(text, (string, before) => {
    if (ASKS.test(before) && !TYPES_ONLY.test(before)) found.add(string);
  });
  return [...found];
}

/** Whether a string of it names the folder of the reference. */
export function namesSolutions(text: string): boolean {
  let does = false;
  forStrings(text, (string) => (does ||= /(?:^|[/\\])solutions(?:[/\\]|$)/.test(string)));
  return does;
}

/** `before` is what stands between the string and the one, or the comment, before it. */
function forStrings(text: string, see: (string: string, before: string) => void): void {
  let last = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (!token.startsWith('/')) {
      see(token.slice(1, -1), text.slice(Math.max(last, index - MOST_BEFORE), index));
    }
    last = index + token.length;
  }
}
