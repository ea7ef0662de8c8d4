/**
 * What a vault does with a short tag must not depend on the Node that runs it. Without
 * `authTagLength`, Node 20 to 24 take whatever length GCM allows, and Node 26 takes 16 bytes only:
 * there a vault that names no length would be found to be right, and be wrong at the next server.
 * Imported before any learner code: in this process, every Node takes what GCM allows.
 */
import crypto, { type DecipherGCM } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/** In bytes; NIST SP 800-38D §5.2.1.2. */
const SHORT_TAGS: ReadonlySet<number> = new Set([4, 8, 12, 13, 14, 15]);

type Update = (...args: unknown[]) => Buffer;

const create = crypto.createDecipheriv.bind(crypto) as (...args: unknown[]) => DecipherGCM;

crypto.createDecipheriv = (...args: unknown[]): DecipherGCM => {
  const decipher = create(...args);
  const [algorithm, key, iv, options] = args;
  const isGcm = typeof algorithm === 'string' && /gcm$/i.test(algorithm);
  const told = (options as { authTagLength?: number } | undefined)?.authTagLength;
  if (!isGcm || told !== undefined) return decipher;
  return takingShortTags(decipher, (authTagLength) =>
    create(algorithm, key, iv, { ...(options as object | undefined), authTagLength }),
  );
};
syncBuiltinESMExports();

/** Goes on with `another` decipher, of the tag's own length, where this one refuses it. */
export function takingShortTags(
  decipher: DecipherGCM,
  another: (authTagLength: number) => DecipherGCM,
): DecipherGCM {
  const asked: ((other: DecipherGCM) => unknown)[] = [];
  const setAAD = decipher.setAAD.bind(decipher);
  const update = decipher.update.bind(decipher) as Update;
  const setAuthTag = decipher.setAuthTag.bind(decipher);
  decipher.setAAD = (...args) => {
    asked.push((other) => other.setAAD(...args));
    return setAAD(...args);
  };
  const updateBoth: Update = (...args) => {
    asked.push((other) => other.update.apply(other, args as never));
    return update(...args);
  };
  decipher.update = updateBoth as typeof decipher.update;
  decipher.setAuthTag = (tag: NodeJS.ArrayBufferView | string, encoding?: BufferEncoding) => {
    const bytes = typeof tag === 'string' ? Buffer.from(tag, encoding) : tag;
    try {
      setAuthTag(bytes);
    } catch (error) {
      if (!SHORT_TAGS.has(bytes.byteLength)) throw error;
      const other = another(bytes.byteLength);
      other.setAuthTag(bytes);
      for (const ask of asked) ask(other);
      decipher.update = other.update.bind(other);
      decipher.final = other.final.bind(other);
    }
    return decipher;
  };
  return decipher;
}
