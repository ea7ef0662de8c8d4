import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';

export const idea =
  'Reads and inflates chunk by chunk, counts as it goes, measures depth in the text outside of strings, and drops names with a meaning.';

const MAX_DEPTH = 100;

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

async function readAll(stream: Readable, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length;
    if (bytes > most) throw new HttpError(413, 'Too large');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

export const createBodyParser: CreateBodyParser = ({ maxBodyBytes }) => {
  return async (request, _response, next) => {
    try {
      if (request.method !== 'POST') return next();
      const [type = '', ...parameters] = (request.get('content-type') ?? '')
        .toLowerCase()
        .split(';')
        .map((part) => part.trim());
      const charset = parameters.find((one) => one.startsWith('charset='))?.slice(8);
      if (type !== 'application/json') throw new HttpError(415, 'Send JSON');
      if (!['utf-8', '"utf-8"', undefined].includes(charset)) throw new HttpError(415, 'UTF-8');
      const coding = request.get('content-encoding') ?? 'identity';
      if (!['identity', 'gzip'].includes(coding)) throw new HttpError(415, 'gzip or nothing');
      const plain = coding === 'gzip' ? request.pipe(createGunzip()) : request;
      const text = (await readAll(plain, maxBodyBytes)).toString('utf8');
      if (isTooDeep(text)) throw new HttpError(400, 'Too deep');
      request.body = JSON.parse(text, (name, value: unknown) =>
        name === '__proto__' || name === 'constructor' ? undefined : value,
      );
      return next();
    } catch (error) {
      request.resume();
      return next(error instanceof HttpError ? error : new HttpError(400, 'Cannot be read'));
    }
  };
};
