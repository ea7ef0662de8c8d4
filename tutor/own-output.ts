/** Standard output carries the protocol, and nothing that any module says by the way. */
import { Writable } from 'node:stream';

/** Leads all other output to standard error; the result is the only way to standard output. */
export function keepOutputForProtocol(): Writable {
  const { stdout, stderr } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = stderr.write.bind(stderr);
  return new Writable({
    decodeStrings: false,
    write(chunk: string | Uint8Array, _encoding, done) {
      write(chunk, (error) => done(error ?? null));
    },
  });
}
