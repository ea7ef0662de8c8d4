/**
 * Where a text stops being JSON (RFC 8259), as an offset; undefined for JSON. Browsers say what is
 * wrong with a text, but not all say where.
 */
export function placeOfJsonProblem(text: string): number | undefined {
  const open: string[] = [];
  let awaited: Awaited = 'value';
  let at = 0;
  for (;;) {
    at = endOfMatch(/[ \t\n\r]*/y, text, at);
    if (at === text.length) return awaited === 'after' && open.length === 0 ? undefined : at;
    const first = text.charAt(at);
    const next = after(awaited, first, open);
    if (next === undefined) return at;
    const end = endOfMatch(first === '"' ? STRING : OTHER, text, at);
    // A string that does not end, or a word that is none.
    if (end === at) return at;
    at = end;
    awaited = next;
  }
}

/** What may come next. `element` and `member`: or the end of the list or object that just began. */
type Awaited = 'value' | 'element' | 'key' | 'member' | 'colon' | 'after';

const STRING = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const OTHER = /[{}[\]:,]|true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** What is awaited after something that begins with `first`; undefined if it may not stand here. */
function after(awaited: Awaited, first: string, open: string[]): Awaited | undefined {
  if (first === '}' || first === ']') {
    const ends = awaited === 'after' || awaited === (first === '}' ? 'member' : 'element');
    return ends && open.pop() === (first === '}' ? '{' : '[') ? 'after' : undefined;
  }
  if (awaited === 'key' || awaited === 'member') return first === '"' ? 'colon' : undefined;
  if (awaited === 'colon') return first === ':' ? 'value' : undefined;
  if (awaited === 'after') {
    if (first !== ',' || open.length === 0) return undefined;
    return open.at(-1) === '{' ? 'key' : 'value';
  }
  if (first === ':' || first === ',') return undefined;
  if (first !== '{' && first !== '[') return 'after';
  open.push(first);
  return first === '{' ? 'member' : 'element';
}

function endOfMatch(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
