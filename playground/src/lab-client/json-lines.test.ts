import { expect, it } from 'vitest';
import { readJsonLines } from './json-lines.ts';

function streamOf(chunks: Uint8Array[], onCancel?: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      if (!onCancel) controller.close();
    },
    cancel: () => onCancel?.(),
  });
}

async function collect(values: AsyncIterable<unknown>): Promise<unknown[]> {
  const collected: unknown[] = [];
  for await (const value of values) collected.push(value);
  return collected;
}

const encode = (text: string) => new TextEncoder().encode(text);

const values = [{ city: 'São Paulo' }, { city: '東京 😀' }, { city: 'Bern' }];
const text = values.map((value) => `${JSON.stringify(value)}\n`).join('');

it('reads the same values wherever the chunks are cut', async () => {
  const bytes = encode(text);
  for (let at = 0; at <= bytes.length; at += 1) {
    const stream = streamOf([bytes.slice(0, at), bytes.slice(at)]);
    // oxlint-disable-next-line no-await-in-loop
    expect(await collect(readJsonLines(stream))).toEqual(values);
  }
});

it('reads a stream that comes byte by byte', async () => {
  const bytes = Array.from(encode(text), (byte) => Uint8Array.of(byte));
  expect(await collect(readJsonLines(streamOf(bytes)))).toEqual(values);
});

it('reads a last line without a line end, and skips blank lines', async () => {
  const stream = streamOf([encode('{"a":1}\r\n\n\n{"b":2}')]);
  expect(await collect(readJsonLines(stream))).toEqual([{ a: 1 }, { b: 2 }]);
});

it('yields a value before the stream has ended, and cancels it when nobody reads on', async () => {
  let cancelled = false;
  const stream = streamOf([encode('{"a":1}\n{"b"')], () => {
    cancelled = true;
  });
  for await (const value of readJsonLines(stream)) {
    expect(value).toEqual({ a: 1 });
    break;
  }
  expect(cancelled).toBe(true);
});

it('fails on a line that is not JSON', async () => {
  const stream = streamOf([encode('{"a":1}\n<html>\n')]);
  await expect(collect(readJsonLines(stream))).rejects.toThrow(SyntaxError);
});
