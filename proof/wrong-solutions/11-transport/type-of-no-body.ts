import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';
import { createBodyParser as reference } from '../../../solutions/11-transport/body-parser.ts';

export const mistake =
  'is() says null for a request without a body, which is taken for the wrong type: whoever asks for a stream is told to send JSON.';
export const caughtBy = ['requests-without-a-body'];

export const createBodyParser: CreateBodyParser = (config) => {
  const parse = reference(config);
  return (request, response, next) =>
    request.is('application/json')
      ? parse(request, response, next)
      : next(new HttpError(415, 'Send application/json.'));
};
