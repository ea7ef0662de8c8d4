/** Lines out of a stream that somebody hostile may write to. */
import { StringDecoder } from 'node:string_decoder';
import type { Readable } from 'node:stream';

/** @param tooLong called once, when a line has more than `most` bytes; nothing is read after that */
export function readLines(
  stream: Readable,
  most: number,
  take: (line: string) => void,
  tooLong: () => void,
): void {
  const decoder = new StringDecoder('utf8');
  let parts: string[] = [];
  let bytes = 0;
  let isOver = false;
  stream.on('data', (chunk: Buffer) => {
    if (isOver) return;
    const [rest = '', ...more] = decoder.write(chunk).split('\n');
    parts.push(rest);
    bytes += chunk.length;
    for (const next of more) {
      take(parts.join(''));
      parts = [next];
      bytes = Buffer.byteLength(next);
    }
    if (bytes <= most) return;
    isOver = true;
    parts = [];
    stream.destroy();
    tooLong();
  });
}
