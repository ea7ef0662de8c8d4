import type { CreateBodyParser } from '../../../exercises/weather-server/controls.ts';
import { HttpError } from '../../../exercises/weather-server/errors.ts';
import { createBodyParser as reference } from '../../../solutions/11-transport/body-parser.ts';

export const mistake =
  'Wraps the errors of the parser in one that says more and has no status: the client’s mistake looks like ours.';
export const caughtBy = ['unreadable-bodies-are-answered'];

export const createBodyParser: CreateBodyParser = (config) => {
  const parse = reference(config);
  return (request, response, next) =>
    parse(request, response, (error?: unknown) => {
      const isSaid = error === undefined || error instanceof HttpError;
      const isTooLarge = (error as { status?: number } | undefined)?.status === 413;
      if (isSaid || isTooLarge) return next(error);
      next(new Error('The body could not be read.', { cause: error }));
    });
};
