import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';
import { createBodyParser as reference } from '../../../solutions/11-transport/body-parser.ts';

export const mistake =
  'Compares Content-Type letter by letter; a charset behind it or a capital letter is no other type.';
export const caughtBy = ['json-by-any-spelling'];

export const createBodyParser: CreateBodyParser = (config) => {
  const parse = reference(config);
  return (request, response, next) => {
    const type = request.headers['content-type'];
    if (type === undefined || type === 'application/json') parse(request, response, next);
    else next(new HttpError(415, 'Send application/json.'));
  };
};
