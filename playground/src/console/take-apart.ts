/**
 * What anybody can see of a state that a server has its client carry: the parts it is put together
 * with, and of each what its bytes are. Nothing is verified; only the server can do that.
 */

export interface StatePart {
  text: string;
  /** Of how many bytes it is made, in hex or base64; undefined: it is neither. */
  bytes: number | undefined;
  /** What the bytes say, if they are text; otherwise they are random to whoever has no key. */
  says: string | undefined;
}

const LONGEST_STATE = 20_000;

export function takeApart(state: string): StatePart[] {
  return state
    .slice(0, LONGEST_STATE)
    .split(/[.~:|]/)
    .map((text) => {
      const bytes = bytesOf(text);
      return { text, bytes: bytes?.length, says: bytes && textOf(bytes) };
    });
}

/** The state in the body of a call or of its answer; undefined: there is none. */
export function stateIn(body: string): string | undefined {
  try {
    const { params, result } = JSON.parse(body) as {
      params?: { requestState?: unknown } | null;
      result?: { requestState?: unknown } | null;
    };
    const state = params?.requestState ?? result?.requestState;
    return typeof state === 'string' ? state : undefined;
  } catch {
    return undefined;
  }
}

/** Short words, such as the number of a version, are base64 by chance. */
const LEAST_ENCODED = 8;

function bytesOf(text: string): Uint8Array | undefined {
  if (text.length < LEAST_ENCODED) return undefined;
  if (/^(?:[\da-f]{2})+$/i.test(text)) {
    return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  }
  if (!/^[\w+/-]+={0,2}$/.test(text)) return undefined;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''));
    return Uint8Array.from(binary, (character) => character.codePointAt(0) ?? 0);
  } catch {
    return undefined;
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return /^[\P{C}\n\t]+$/u.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}
