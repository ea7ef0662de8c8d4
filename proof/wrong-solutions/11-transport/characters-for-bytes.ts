import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';
import { createBodyParser as reference } from '../../../solutions/11-transport/body-parser.ts';

export const mistake =
  'Counts characters of a string where bytes were promised: one character may be three of them.';
export const caughtBy = ['body-oversize'];

export const createBodyParser: CreateBodyParser = (config) => {
  const parse = reference({ ...config, maxBodyBytes: 4 * config.maxBodyBytes });
  return (request, response, next) => {
    let length = 0;
    request.on('data', (chunk: Buffer) => (length += chunk.toString('utf8').length));
    if (request.headers['content-encoding']) return reference(config)(request, response, next);
    return parse(request, response, (error?: unknown) =>
      next(error ?? (length > config.maxBodyBytes ? new HttpError(413, 'Too large.') : undefined)),
    );
  };
};
