/** One part of a token beside the same part of the real one. */
export interface Member {
  name: string;
  /** As it is now; absent if it was removed. */
  value?: unknown;
  /** As it was in the real token; absent if it was not there. */
  was?: unknown;
  change: 'same' | 'changed' | 'added' | 'removed';
}

type Part = Record<string, unknown>;

/** In the order of the token; what was removed comes last. */
export function compareParts(real: Part, made: Part): Member[] {
  const present = Object.entries(made).map(([name, value]): Member => {
    if (!Object.hasOwn(real, name)) return { name, value, change: 'added' };
    const was = real[name];
    // Both were read from JSON, so the same value has the same text.
    const isSame = JSON.stringify(was) === JSON.stringify(value);
    return { name, value, was, change: isSame ? 'same' : 'changed' };
  });
  const removed = Object.entries(real)
    .filter(([name]) => !Object.hasOwn(made, name))
    .map(([name, was]): Member => ({ name, was, change: 'removed' }));
  return [...present, ...removed];
}
