/** A stranger's text as JSON; undefined if it is none, which JSON has no value for. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
