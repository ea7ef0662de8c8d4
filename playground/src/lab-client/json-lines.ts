/**
 * Reads a stream of JSON lines, one value at a time, as they arrive. Chunks may end anywhere, in
 * the middle of a line or of a character.
 *
 * @throws SyntaxError for a line that is not JSON.
 */
export async function* readJsonLines<Value>(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<Value, void, undefined> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  const parse: (line: string) => Value = JSON.parse;
  let line = '';
  try {
    for (;;) {
      // Chunks come one after another by nature.
      // oxlint-disable-next-line no-await-in-loop
      const { done, value } = await reader.read();
      const text = done ? decoder.decode() : decoder.decode(value, { stream: true });
      const [first = '', ...others] = text.split('\n');
      line += first;
      for (const other of others) {
        if (line.trim() !== '') yield parse(line);
        line = other;
      }
      if (done) break;
    }
    if (line.trim() !== '') yield parse(line);
  } finally {
    // Also when the consumer stops early: the lab then stops working for nobody.
    await reader.cancel().catch(() => undefined);
  }
}
