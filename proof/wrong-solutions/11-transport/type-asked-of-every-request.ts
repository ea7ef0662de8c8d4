import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';
import { createBodyParser as reference } from '../../../solutions/11-transport/body-parser.ts';

export const mistake =
  'Wants a type of every request, those without a body too, and compares it as a text: a charset behind it is one letter too many.';
export const caughtBy = ['json-by-any-spelling', 'requests-without-a-body'];

export const createBodyParser: CreateBodyParser = (config) => {
  const parse = reference(config);
  return (request, response, next) =>
    request.headers['content-type'] === 'application/json'
      ? parse(request, response, next)
      : next(new HttpError(415, 'Send application/json.'));
};
